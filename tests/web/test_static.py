"""What pages load: kept for good under its version, asked for again without one, and compressed beforehand."""

from __future__ import annotations

import re

import httpx
import pytest

from vakgraaf.web.static_files import BUILT, has_editor

GOOD = "public, max-age=31536000, immutable"


def version(client: httpx.Client) -> str:
    """The version that pages name."""
    match = re.search(r"/static/(v-[0-9a-f]{12})/", client.get("/sparql", headers={"accept": "text/html"}).text)
    assert match is not None
    return match[1]


def test_file_under_its_version_is_kept_for_good_and_is_the_same_file(client: httpx.Client) -> None:
    kept = client.get(f"/static/{version(client)}/vakgraaf.css")
    asked = client.get("/static/vakgraaf.css")
    assert (kept.status_code, kept.headers["cache-control"]) == (200, GOOD)
    assert (asked.status_code, asked.headers["cache-control"]) == (200, "no-cache")
    assert kept.text == asked.text
    assert "Accept-Encoding" in kept.headers["vary"]


def test_file_under_a_version_that_has_gone_is_there_but_not_for_good(client: httpx.Client) -> None:
    answer = client.get("/static/v-000000000000/vakgraaf.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_file_that_the_client_has_is_304(client: httpx.Client) -> None:
    path = f"/static/{version(client)}/vakgraaf.css"
    tag = client.get(path).headers["etag"]
    answer = client.get(path, headers={"if-none-match": tag})
    assert (answer.status_code, answer.headers["cache-control"], answer.content) == (304, GOOD, b"")


@pytest.mark.parametrize(
    "path", ["nothing.css", "../pages.py", "v-000000000000/../../pages.py", "%2e%2e/pages.py", "editor"]
)
def test_there_is_nothing_but_the_files(client: httpx.Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


@pytest.mark.skipif(not has_editor(), reason="the editor has not been built: scripts/assets")
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("br;q=0, identity", None),
    ],
)
def test_editor_comes_compressed_as_the_client_takes_it(
    client: httpx.Client, accepted: str, coding: str | None
) -> None:
    path = f"/static/{version(client)}/built/yasgui.js"
    with client.stream("GET", path, headers={"accept-encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
        content = answer.headers.get("content-encoding")
    assert content == coding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    ending = {"br": ".br", "gzip": ".gz", None: ""}[coding]
    assert raw == (BUILT / f"yasgui.js{ending}").read_bytes()
    assert int(client.head(path, headers={"accept-encoding": accepted}).headers["content-length"]) == len(raw)


@pytest.mark.skipif(not has_editor(), reason="the editor has not been built: scripts/assets")
def test_licences_of_everything_bundled_are_beside_it(client: httpx.Client) -> None:
    text = client.get("/static/built/LICENSES.txt").text
    for name in ("@zazuko/yasgui 4.", "codemirror 5.", "jquery 3.", "n3 1.", "dompurify 3."):
        assert f"\n{name}" in f"\n{text}"
    assert "axe-core" not in text


def test_page_without_an_editor_is_a_form_without_a_script(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vakgraaf.web.query_page.has_editor", lambda: False)
    # No answer of before is kept for this address.
    text = client.get("/sparql?proef=zonder", headers={"accept": "text/html"}).text
    assert "<script" not in text
    assert '<textarea id="query" name="query"' in text


def test_icon_is_where_browsers_look_for_one_by_themselves(client: httpx.Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.text == client.get("/static/icon.svg").text
