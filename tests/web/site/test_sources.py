"""The text of a source document can be read with what was made of it, line by line, and back."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable

import httpx
import pytest

from vakgraaf.resources import folder

Page = Callable[..., str]
BCP = "bcp-thuisbegeleider-2011"
ADDENDUM = "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013"
LINE = re.compile(r'<p id="r(\d+)">(?:<i>(\d+)</i>(.*?))?</p>', re.DOTALL)


def lines_of(name: str) -> list[str]:
    text = (folder("data/sources") / f"{name}.txt").read_text("utf-8")
    return text.removesuffix("\n").split("\n")


def block_of(text: str, line: int) -> str:
    """The block that a line is in, with what stands beside it."""
    return next(block for block in text.split('<div class="block ')[1:] if f'<p id="r{line}">' in block)


@pytest.mark.parametrize("name", [BCP, ADDENDUM])
def test_every_line_stands_there_once_as_it_was_printed_with_its_number(page: Page, name: str) -> None:
    text = page(f"/sources/{name}")
    found = {int(number): html.unescape(line) for number, _, line in LINE.findall(text)}
    printed = lines_of(name)
    assert len(LINE.findall(text)) == len(printed)
    assert {n: line for n, line in found.items() if line} == {
        n: line for n, line in enumerate(printed, 1) if line.strip()
    }
    assert all(number in ("", anchor) for anchor, number, _ in LINE.findall(text))


@pytest.mark.parametrize(("language", "extent"), [("nl", "2.492 regels"), ("en", "2,492 lines")])
def test_how_many_lines_there_are_is_written_as_in_the_language_of_the_page(
    page: Page, language: str, extent: str
) -> None:
    assert f"<dd>{extent}</dd>" in page(f"/sources/{BCP}", language)


@pytest.mark.parametrize("name", [BCP, ADDENDUM])
def test_a_whole_document_is_light_enough_to_load(page: Page, name: str) -> None:
    assert len(page(f"/sources/{name}").encode()) < 600_000


def test_beside_a_line_stands_everything_that_was_made_of_it(page: Page) -> None:
    block = block_of(page(f"/sources/{BCP}"), 1300)
    assert 'href="/id/skill/basiskennis-van-en-vaardigheden-voor-financien-en-administratie"' in block
    assert re.search(r'href="/id/vereiste/thuisbegeleider-2011-2\.3-skill-\d+"', block)
    assert "Skillvereiste" in block
    assert 'href="/id/passage/thuisbegeleider-2011-r1300-r1300"' in block


def test_a_passage_within_a_passage_leads_back_to_where_the_larger_one_begins(page: Page) -> None:
    text = page(f"/sources/{BCP}")
    assert 'href="/id/profiel/thuisbegeleider-2011"' in block_of(text, 4)
    assert 'vervolg van <a href="#r1">regels 1–56</a>' in block_of(text, 4)
    assert 'vervolg van <a href="#r1">regels 1–56</a>' in block_of(text, 6)


def test_findings_stand_at_their_lines_and_in_a_list(page: Page) -> None:
    text = page(f"/sources/{ADDENDUM}")
    sentence = "Onder de kop &#39;Disclaimer&#39; staat niets."
    assert sentence in block_of(text, 816)
    assert "(opmerking)" in block_of(text, 816)
    listed = text.partition("<summary>3 bevindingen</summary>")[2].partition("</details>")[0]
    assert f'{sentence}</span> <a class="where" href="#r816">' in listed


def test_lines_that_nothing_was_made_of_are_told_apart_in_words(page: Page) -> None:
    text = page(f"/sources/{BCP}")
    assert "kop of voet van de bladzijde" in block_of(text, 738)
    assert "kop, zegt alleen wat volgt" in block_of(text, 880)
    assert "Stippellijn" in text
    made = block_of(text, 1300)
    assert not any(words in made for words in ("zegt alleen", "niets van gemaakt", "kop of voet"))


def test_pages_of_the_document_are_marked_with_their_numbers(page: Page) -> None:
    text = page(f"/sources/{BCP}")
    marks = [int(number) for number in re.findall(r'<h2 class="page" id="p(\d+)"', text)]
    assert marks == sorted(marks)
    assert (marks[0], marks[-1]) == (7, 57)
    assert text.index('id="p19"') < text.index('id="r738"') < text.index('id="p21"')
    assert all(f'href="#p{number}"' in text for number in marks)


def test_a_link_to_a_line_from_elsewhere_leads_to_that_line(site: httpx.Client, page: Page) -> None:
    links = re.findall(r'class="where" href="([^"#]+)#(r\d+)"', page("/doc/skill/sociale-vaardigheden"))
    assert len(links) == 10
    for address, anchor in links:
        assert f'<p id="{anchor}">' in page(address)


def test_the_number_of_a_line_leads_there_without_a_script(site: httpx.Client) -> None:
    answer = site.get(f"/sources/{BCP}?line=1093")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sources/{BCP}#r1093")
    assert site.get(f"/sources/{BCP}?line=x").status_code == 200


@pytest.mark.parametrize("line", ["9" * 5000, "²", "-1", "x"])
def test_line_that_is_no_number_shows_the_page(site: httpx.Client, line: str) -> None:
    assert site.get(f"/sources/{BCP}", params={"line": line}).status_code == 200


@pytest.mark.parametrize("how", [{"params": {"format": "txt"}}, {"headers": {"accept": "text/plain"}}])
def test_the_plain_text_is_the_file_byte_for_byte(site: httpx.Client, how: dict[str, dict[str, str]]) -> None:
    answer = site.get(f"/sources/{BCP}", **how)  # type: ignore[arg-type]  # one of two keywords
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.content == (folder("data/sources") / f"{BCP}.txt").read_bytes()
    digest = hashlib.sha256(answer.content).hexdigest()
    assert answer.headers["etag"] == f'"{digest}"'
    again = site.get(f"/sources/{BCP}", params={"format": "txt"}, headers={"if-none-match": f'"{digest}"'})
    assert again.status_code == 304


def test_other_forms_are_refused(site: httpx.Client) -> None:
    assert site.get(f"/sources/{BCP}", headers={"accept": "application/json;q=1"}).status_code == 406
    assert site.get(f"/sources/{BCP}?format=pdf").status_code == 406


def test_the_page_shows_whose_the_text_is(page: Page) -> None:
    assert "© Calibris 2011" in page(f"/sources/{BCP}")
    assert "no licence on the text" in page(f"/sources/{BCP}", "en")


def test_of_a_text_that_is_not_here_the_page_has_the_lines_that_are_quoted(site: httpx.Client, page: Page) -> None:
    text = page("/sources/raar-zonder-tekst")
    assert "De tekst van dit document is hier niet." in text
    assert "format=txt" not in text
    assert [int(number) for number, _, _ in LINE.findall(text)] == [2, 3, 6]
    assert "tweede &lt;script&gt;" in text
    assert "<script>alert" not in text
    assert "Hier niet: regels 4–5" in text
    assert "Hier niet: regel 1" in text
    assert 'id="p4"' in text
    assert "Raar &lt;script&gt;" in block_of(text, 6)
    assert "Recht van Raar" in text
    assert site.get("/sources/raar-zonder-tekst?format=txt").status_code == 404


@pytest.mark.parametrize("name", ["raar-ontsnapt", "raar-anders"])
def test_no_other_file_than_the_very_one_is_shown(site: httpx.Client, page: Page, name: str) -> None:
    text = page(f"/sources/{name}")
    assert "er worden geen regels van aangehaald" in text
    assert "<i>1</i>" not in text
    assert "hatchling" not in text
    assert site.get(f"/sources/{name}?format=txt").status_code == 404


@pytest.mark.parametrize("name", ["nergens", "a b", '"><script>', "%2e%2e%2fpyproject.toml"])
def test_what_is_no_source_document_is_404(site: httpx.Client, name: str) -> None:
    assert site.get(f"/sources/{name}").status_code == 404


def test_in_english_the_text_keeps_its_own_language(page: Page) -> None:
    text = page(f"/sources/{BCP}", "en")
    assert '<div class="source" lang="nl">' in text
    assert '<ul lang="en">' in text
    assert 'lang="nl">Voorwoord</a>' in text
