"""The tour is what happens: its commands are run, its questions asked, and what it shows is in the answers."""

from __future__ import annotations

import re
import shlex
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ADDRESS = "http://127.0.0.1:8000"


def blocks(page: Path) -> list[tuple[str, str, str]]:
    """Each block of sh or SPARQL on a page: its language, its text, and what the page says comes out."""
    found = _FENCE.findall(page.read_text("utf-8"))
    shown = [*found[1:], ("", "")]
    return [
        (language, text, after[1] if after[0] == "text" else "")
        for (language, text), after in zip(found, shown, strict=True)
        if language in ("sh", "sparql")
    ]


def fetched(command: str, server: str) -> str:
    """What a plain curl command would print."""
    words = shlex.split(command.replace(_ADDRESS, server))[1:]
    headers = [words[i + 1] for i, word in enumerate(words) if word == "-H"]
    address = next(word for word in words if word.startswith(server))
    given = dict(header.split(": ", 1) for header in headers)
    return asked(address, headers=given, follow_redirects="-L" in words).text


def asked(address: str, **values: Any) -> httpx.Response:
    """The answer; the index for search is made after the start, and a reader is not as quick as a test."""
    until = time.monotonic() + 60
    while (answer := httpx.get(address, timeout=30, **values)).status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)
    return answer


def test_the_tour_does_what_it_says(desk: Path, surroundings: dict[str, str], server: str) -> None:
    for language, text, shown in blocks(ROOT / "docs" / "tour.md"):
        if language == "sparql":
            got = httpx.get(f"{server}/sparql", params={"query": text}, headers={"accept": "text/csv"}, timeout=30).text
        elif text.startswith("curl "):
            got = fetched(text, server)
        else:
            got = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", text], cwd=desk, env=surroundings, capture_output=True, text=True
            ).stdout
        missing = [line for line in shown.splitlines() if line != "…" and line.strip().rstrip(" ;,.") not in got]
        assert shown, text
        assert not missing, f"{text}\ngives\n{got[:4000]}\nwithout\n{missing}"


def test_the_smallest_profile_conforms_without_a_remark(desk: Path, surroundings: dict[str, str]) -> None:
    page = (ROOT / "docs" / "reference" / "document-format.md").read_text("utf-8")
    (desk / "bcp-tuinhelper-2030.txt").write_text(_FENCE.findall(page)[0][1], "utf-8")
    run = subprocess.run(
        ["vakgraaf", "ingest", "--lang", "en", "bcp-tuinhelper-2030.txt"],
        cwd=desk,
        env=surroundings,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "Findings in the document: none" in run.stdout
    assert "Conforms: nothing to remark." in run.stdout


def test_the_readme_shows_what_there_is(server: str) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    addresses = re.findall(rf"<{_ADDRESS}(/[^>]*)>", text)
    assert len(addresses) >= 3
    for address in addresses:
        answer = asked(server + address, headers={"accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), address
    ((_, query, _),) = blocks(ROOT / "README.md")
    answer = httpx.get(f"{server}/sparql", params={"query": query}, headers={"accept": "text/tab-separated-values"})
    got = [line.replace('"', "").replace("@nl", "").split("\t") for line in answer.text.splitlines()[1:]]
    assert got == [row.strip("| ").split(" | ") for row in re.findall(r"^\| .+ \| \d+ \|$", text, re.MULTILINE)]
