"""What somebody wrote stays text: on every page, in every table, in every header."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import httpx
import pytest

from templates_shown import PAGES, REFUSED

from .conftest import HOSTILE

_RUNS = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)


class _Injected(HTMLParser):
    """Collects what no template of ours has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called for each element."""
        if tag == "x-probe":
            self.found.append(tag)
        for name, value in attrs:
            runs = name in ("href", "src", "action", "formaction") and _RUNS.match(value or "")
            if name.startswith(("x-", "on")) or runs:
                self.found.append(f"{tag} {name}={value}")


def injected(page: str) -> list[str]:
    """What the page has that was only data."""
    parser = _Injected()
    parser.feed(page)
    return parser.found


@pytest.mark.slow
@pytest.mark.parametrize("template", PAGES)
def test_no_word_of_the_data_is_markup_or_a_script(hostile: httpx.Client, template: str) -> None:
    address = PAGES[template]
    answer = hostile.get(address, headers={"accept": "text/html"})
    assert answer.status_code == REFUSED.get(template, 200)
    assert injected(answer.text) == []
    assert "{{49}}" not in answer.text
    assert "<x-probe>" not in answer.text  # nor in a script, where a parser of HTML sees no elements


@pytest.mark.slow
def test_hostile_words_are_on_the_pages_at_all(hostile: httpx.Client) -> None:
    html = {"accept": "text/html"}
    assert "&lt;x-probe&gt;" in hostile.get(PAGES["site/kerntaak.html"], headers=html).text
    assert "javascript:alert(1)" in hostile.get(PAGES["site/anything.html"], headers=html).text


@pytest.mark.parametrize(
    "place",
    [
        "/search?q={}&class={}&lang={}&page=1&profiel={}",
        "/sparql?query={}",
        "/sparql?explain=on&query={}",
        "/sparql?query=ASK%7B%7D&default-graph-uri={}",
        "/compare?a={}&b={}",
        "/diff?a={}&b={}",
        "/links?status={}&q={}",
        "/doc/{}",
        "/doc/profiel/x?lang={}&as-of={}&_profile={}&format={}",
        "/graph/{}",
        "/sources/{}",
        "/matrix/{}",
        "/structure/{}",
        "/levels/{}",
        "/frameworks/{}",
        "/validate?lang={}&url={}",
        "/new/addendum?naam={}",
        "/static/{}",
        "/{}",
    ],
)
def test_no_word_of_an_address_is_markup_or_a_script(client: httpx.Client, place: str) -> None:
    written = httpx.QueryParams({"x": HOSTILE})
    path = place.replace("{}", str(written)[2:].replace("+", "%20"))
    answer = client.get(path, headers={"accept": "text/html", "x-request-id": "<x-probe>", "referer": HOSTILE})
    assert answer.status_code < 500
    assert injected(answer.text) == []
    assert "<x-probe>" not in answer.text


_LINES = "a\r\nX-Injected: 1\nX-Injected: 1\rX-Injected: 1\u2028X-Injected: é\x00\x0b"
_PLACES = (
    "/id/{}",
    "/doc/{}",
    "/doc/kerntaak/proef-2020-1?as-of={}",
    "/doc/kerntaak/proef-2020-1?_profile={}&lang={}",
    "/sources/{}?line={}",
    "/matrix/{}.csv",
    "/links?back={}",
    "/sparql?query=ASK%7B%7D&format={}",
    "/new/addendum?naam={}",
    "/store?graph={}",
    "/graph/{}",
    "/validate?format={}",
)


@pytest.mark.parametrize("place", _PLACES)
def test_no_line_end_of_an_address_ends_a_header(client: httpx.Client, place: str) -> None:
    encoded = "".join(f"%{byte:02X}" for byte in _LINES.encode())
    for method in ("GET", "OPTIONS", "PATCH"):
        answer = client.request(method, place.replace("{}", encoded))
        assert answer.status_code < 500
        assert "x-injected" not in answer.headers
        assert not any(set(value) & set("\r\n\0") for value in answer.headers.values())


@pytest.mark.parametrize("sent", ["<x>", "a b", "a" * 65, "é", ""])
def test_name_of_a_request_is_plain_or_our_own(client: httpx.Client, sent: str) -> None:
    answer = client.get("/health", headers={"x-request-id": sent.encode("latin-1")})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TABLES = (
    "/compare.csv?a=thuisbegeleider-2011&b=persoonlijk-begeleider-specifieke-doelgroepen-2013",
    "/matrix/thuisbegeleider-2011?format=csv",
)


@pytest.mark.slow
@pytest.mark.parametrize("place", _TABLES)
def test_no_cell_of_a_table_is_a_formula(hostile: httpx.Client, place: str) -> None:
    answer = hostile.get(place)
    assert answer.status_code == 200
    cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert any("x-probe" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(_FORMULA)] == []
