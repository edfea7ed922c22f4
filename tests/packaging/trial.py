"""Use an installed Vakgraaf as a user does, with nothing of the checkout: `python trial.py VAKGRAAF FOLDER`.

Exit code 1, with what was expected, at the first thing that is not as it should be. Only the standard library.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

_PROFILE = "/doc/profiel/thuisbegeleider-2011"
_NOT_WHOLE = b"@prefix vg: <https://w3id.org/vakgraaf/def#> . <x:a> a vg:Addendum ."


def expect(what: str, found: bool) -> None:
    """Say that something is as it should be, or stop."""
    if not found:
        sys.exit(f"not as it should be: {what}")
    print(f"    {what}")


def fetched(url: str, accept: str = "text/html", body: bytes | None = None, kind: str = "") -> str:
    """The answer of a server. Raises `HTTPError`."""
    headers = {"accept": accept} | ({"content-type": kind} if kind else {})
    with urlopen(Request(url, body, headers), timeout=60) as answer:
        return str(answer.read().decode())


@contextmanager
def serving(program: str, folder: Path) -> Iterator[str]:
    """The address of a server on a new store."""
    command = [program, "serve", "--port", "0", "--store", str(folder / "state")]
    with subprocess.Popen(command, cwd=folder, env=_environment(folder), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().removeprefix("Vakgraaf: ").strip().rstrip("/")
        finally:
            process.terminate()


def serve(address: str) -> None:
    """Pages, editor, data, questions, judgement."""
    expect("the home page leads to the profile", _PROFILE.replace("/doc/", "/id/") in fetched(f"{address}/"))
    expect("the profile is a page", "Thuisbegeleider" in fetched(address + _PROFILE))
    expect("the profile is Turtle", "vg:heeftKerntaak" in fetched(f"{address}{_PROFILE}.ttl", "text/turtle"))
    expect("a source can be read", "Thuisbegeleider" in fetched(f"{address}/sources/bcp-thuisbegeleider-2011"))
    script = re.search(r"/static/[^\"]*yasgui\.js", fetched(f"{address}/sparql"))
    expect("the editor is there", script is not None and len(fetched(address + script[0], "*/*")) > 500_000)
    ask = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "json"})
    rows = json.loads(fetched(f"{address}/sparql?{ask}", "*/*"))["results"]["bindings"]
    expect("the store has statements", int(rows[0]["n"]["value"]) > 10_000)
    report = json.loads(fetched(f"{address}/validate?format=json", "*/*", _NOT_WHOLE, "text/turtle"))
    expect("what is not whole does not conform", report["conforms"] is False)


def commands(program: str, folder: Path) -> None:
    """What a user does on the command line."""
    places = subprocess.run(
        [
            str(Path(program).with_name("python")),
            "-c",
            "from vakgraaf.resources import folder; print(folder('data/sources'))",
        ],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    expect("it is not the checkout that runs", str(Path(program).parents[1]) in places)
    text = next(Path(places).glob("addendum*.txt"))
    for given in (["build", "--check"], ["validate", str(text)], ["ingest", str(text), "--out", "graphs"], ["info"]):
        run = subprocess.run(
            [program, *given], cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False
        )
        expect(f"vakgraaf {given[0]}", run.returncode == 0)
    expect("a graph was written", any((folder / "graphs").glob("*.ttl")))


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the user's own."""
    return {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "VAKGRAAF_STORE": str(folder / "commands"),
    }


if __name__ == "__main__":
    with serving(sys.argv[1], Path(sys.argv[2])) as found:
        serve(found)
    commands(sys.argv[1], Path(sys.argv[2]))
