"""The pages of all that stands around a profile fit what they are about, and cope with what is odd or missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import httpx
import pytest

Page = Callable[..., str]
NAME = "thuisbegeleider-2011"
ADDENDUM = "persoonlijk-begeleider-specifieke-doelgroepen-2013"
PAGES = {
    "skill/sociale-vaardigheden": "Vaardigheid",
    "competentie/kbb-a": "Competentie",
    "competentiemodel/kbb": "Competentiemodel",
    f"begrip/{NAME}-mantelzorgers": "Begrip",
    f"begrippenlijst/{NAME}": "Begrippenlijst",
    "brondocument/bcp-thuisbegeleider-2011": "Brondocument",
    f"passage/{NAME}-r1300-r1300": "Passage",
    f"paragraaf/{NAME}-voorwoord": "Paragraaf",
    f"aanvulling/{ADDENDUM}-1-1": "Aanvulling",
    f"vereiste/{NAME}-1-kbb-a": "Competentievereiste",
    f"matrixregel/{NAME}-a": "Regel van het competentieoverzicht",
    f"bevinding/{NAME}-ander-beroep": "Bevinding",
    f"deelname/{NAME}-stuurgroep-1": "Deelname",
    "organisatie/calibris": "Organisatie",
    "branche/thuiszorg": "Branche",
    "beroep/thuisbegeleider": "Beroep",
    "begrippenkader/skills": "Begrippenkader",
    "soort-paragraaf/talen": "Term",
    "kwalificatie/maatschappelijke-zorg-vierde-profiel-niveau-4": "Kwalificatie",
    "raamwerk/raar": "Kwalificatieraamwerk",
    "niveau/raar-4": "Niveau",
    "inschaling/raar-4": "Inschaling",
    "kwalificatiedossier/raar": "Kwalificatiedossier",
}
ODD = [
    "skill/raar",
    "vereiste/raar-niets",
    "vereiste/raar-c",
    "matrixregel/raar-c",
    "paragraaf/raar-1",
    "aanvulling/raar",
    "ontwikkeling/raar",
    "dilemma/raar",
    "toelichting/raar",
    "voetnoot/raar",
    "bevinding/raar",
    "bevinding/raar-regel",
    "deelname/raar-1",
    "legitimering/raar",
    "organisatie/raar",
    "beroep/raar",
    "branche/raar",
    "bron/raar",
    "kwalificatie/raar",
    "inschaling/raar",
    "niveau/raar",
    "begrip/raar-a",
    "begrip/raar-b",
    "begrip/raar-c",
    "begrippenlijst/raar",
    "raamwerk/raar",
    "brondocument/raar-zonder-tekst",
    "passage/raar-r2-r3",
    "passage/raar-1",
    "ding/raar",
]


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in ("meta", "link", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def main_of(text: str) -> str:
    return text.partition('<main id="inhoud">')[2].partition("</main>")[0]


def part(text: str, heading: str) -> str:
    """A page from a heading of the second level to the next."""
    return text.partition(f"<h2>{heading}</h2>")[2].partition("<h2>")[0]


@pytest.mark.parametrize("reference", PAGES)
def test_a_page_says_what_kind_of_thing_it_is_about(page: Page, reference: str) -> None:
    assert f'<p class="kind">{PAGES[reference]}</p>' in page(f"/doc/{reference}").replace("\n", "")


@pytest.mark.parametrize("reference", [*PAGES, *ODD])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_well_formed_and_runs_nothing_from_the_data(page: Page, reference: str, language: str) -> None:
    text = page(f"/doc/{reference}", language)
    outline = _Nesting()
    outline.feed(text)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert "<script>alert" not in main_of(text)
    assert 'href="javascript' not in text
    assert text.count("<h1>") == 1


def test_a_skill_says_where_it_is_asked_for_and_in_which_words(page: Page) -> None:
    text = page("/doc/skill/sociale-vaardigheden")
    assert "10 keer gevraagd, door 2 profielen en kwalificatiedossiers." in text
    words = part(text, "In welke woorden")
    assert re.findall(r"<q>(.*?)</q> <small>(\d+)×", words) == [
        ("Sociale vaardigheden", "8"),
        ("sociale vaardigheden", "2"),
    ]
    places = part(text, "Waar het gevraagd wordt")
    assert re.findall(r"<h3>.*?/id/profiel/([\w-]+)", places) == [ADDENDUM, NAME]
    numbers = re.findall(r'href="/id/werkproces/thuisbegeleider-2011-([\d.]+)">', places)
    assert numbers == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "3.3"]
    assert 'href="/sources/bcp-thuisbegeleider-2011#r915"' in places


def test_a_skill_names_its_other_spellings_and_what_it_is_linked_to(page: Page) -> None:
    text = page("/doc/skill/veel")
    assert re.search(r"Ook geschreven als</dt><dd><span>Ook zo", text)
    assert re.search(r'Komt ongeveer overeen met</dt><dd><a href="/id/skill/computervaardigheden">', text)
    assert re.search(r'Ruimer</dt><dd><a href="/id/skill/ruim">', text)
    assert 'href="/id/skill/veel">Veel gevraagd' in part(page("/doc/skill/ruim"), "Enger")


def test_a_competence_shows_how_each_task_explains_it_and_whose_words_those_are(page: Page) -> None:
    text = page("/doc/competentie/kbb-a")
    assert "4 keer gevraagd, door 2 profielen en kwalificatiedossiers." in text
    assert "Ze neemt zelf initiatief, laat zien achter haar beslissingen te staan" in text
    assert "1 Organiseren hulpverlening" in text
    assert 'href="/id/matrixregel/thuisbegeleider-2011-a"' in part(text, "In competentieoverzichten")
    assert "© Calibris 2011" in text
    assert re.search(r"Letter</dt><dd><span>A</span>", text)


def test_what_nobody_asks_for_says_so(page: Page) -> None:
    assert "Geen profiel dat hier bekend is, vraagt hierom." in page("/doc/skill/ruim")


def test_of_a_skill_that_many_ask_for_the_page_has_numbers_the_first_fifty_and_the_way_to_the_others(
    page: Page, site: httpx.Client
) -> None:
    text = page("/doc/skill/veel")
    assert "120 keer gevraagd, door 60 profielen en kwalificatiedossiers." in text
    asking = part(text, "Wie erom vraagt")
    assert len(re.findall(r"/id/profiel/veel-\d+", asking)) == 50
    assert "En nog 10 profielen." in asking
    assert "2×" in asking
    assert "En nog 2 bewoordingen." in part(text, "In welke woorden")
    places = part(text, "Waar het gevraagd wordt")
    assert len(set(re.findall(r"/id/vereiste/veel-\d+", places))) == 50
    more = re.search(r'href="(\?incoming=[^"]+)"', places)
    assert more is not None
    seen = set(re.findall(r"/id/vereiste/veel-\d+", places))
    address: str | None = more[1].replace("&amp;", "&")
    while address is not None:
        listed = page(f"/doc/skill/veel{address}")
        found = set(re.findall(r"/id/vereiste/veel-\d+", main_of(listed)))
        assert not seen & found
        seen |= found
        following = re.search(r'rel="next" href="([^"]+)"', listed)
        address = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == 120
    assert "bladzijde 3 van 3" in listed
    assert "120 in totaal" in listed


@pytest.mark.parametrize(
    "query",
    [
        "incoming=vg:betreft&page=9",
        "incoming=vg:betreft&page=0",
        "incoming=vg:betreft&page=x",
        "incoming=vg:betreft&page=99999999999999999999",
        "incoming=vg:nergens",
        "incoming=vg:betreft%7D%20UNION%20%7B%3Fs%20%3Fp%20%3Fo%7D",
        "outgoing=%3Cx%3E",
        "incoming=vg:betreft&class=vg:x%3E",
    ],
)
def test_a_list_that_is_not_there_is_404(site: httpx.Client, query: str) -> None:
    assert site.get(f"/doc/skill/veel?{query}").status_code == 404


def test_what_points_to_a_thing_is_counted_when_somebody_asks(page: Page) -> None:
    text = page("/doc/ding/veel")
    assert "Getoond: 10 van minstens 1000." in text
    assert '<a href="?incoming=">Tel alle verwijzingen</a>' in text
    counted = page("/doc/ding/veel?incoming=")
    assert "1100</td>" in counted
    address = re.search(r'href="(\?incoming=[^"]+)"', main_of(counted))
    assert address is not None
    assert "1.100 in totaal; bladzijde 1 van 22" in page(f"/doc/ding/veel{address[1]}")


def test_a_page_for_anything_shows_what_lies_within_the_thing(page: Page) -> None:
    text = page("/doc/ding/raar")
    assert "binnenin" in text
    assert "nog dieper" in text
    assert re.search(r"Tekst van het deel.*?</details>", text, re.DOTALL)
    required = re.findall(r"<tr><th.*?</tr>", text, re.DOTALL)
    listed = next(row for row in required if "tweede" in row)
    assert all(word in listed for word in ("Deel", "tweede", "derde"))
    assert '<span lang="en">In English only</span>' in text
    assert "Getoond: 25 van 27." in text
    rest = re.search(r'href="(\?outgoing=[^"]+)"', text)
    assert rest is not None
    assert "aantekening 27" in page(f"/doc/ding/raar{rest[1]}")


def test_a_glossary_gives_its_terms_in_order_with_their_meaning_or_where_to_look(page: Page) -> None:
    text = main_of(page("/doc/begrippenlijst/raar"))
    assert text.index("Aap &lt;script&gt;") < text.index("Beest")
    assert "Een &lt;script&gt;" in text
    assert re.search(r"Zie</dt><dd><span>niet hier", page("/doc/begrip/raar-c"))
    assert re.search(r'Zie</dt><dd><a href="/id/begrip/raar-a">', page("/doc/begrip/raar-b"))
    assert 'href="/id/begrip/raar-b"' in part(page("/doc/begrip/raar-a"), "Begrippen die hiernaar verwijzen")
    assert 'href="/id/begrippenlijst/raar"' in page("/doc/begrip/raar-a").partition("<main")[0]


def test_a_source_document_says_what_was_made_of_it_and_what_was_odd(page: Page) -> None:
    text = page("/doc/brondocument/bcp-thuisbegeleider-2011")
    made = dict(re.findall(r"<li>([^<]+) <b>(\d+)</b></li>", part(text, "Wat ervan is gemaakt")))
    assert (made["Kerntaak"], made["Werkproces"], made["Skillvereiste"]) == ("5", "21", "206")
    assert "Taak" not in made
    assert 'href="/sources/bcp-thuisbegeleider-2011"' in text
    assert 'href="/id/profiel/thuisbegeleider-2011"' in part(text, "Profielen uit dit document")
    findings = part(text, "Bevindingen")
    assert findings.count('href="/id/bevinding/') == 9
    assert 'href="/sources/bcp-thuisbegeleider-2011#r1095"' in findings


def test_a_passage_shows_its_lines_and_what_was_made_of_them(page: Page) -> None:
    text = page("/doc/passage/thuisbegeleider-2011-r1300-r1300")
    assert "Basiskennis van en vaardigheden voor financiën en administratie" in part(text, "Wat er staat")
    assert 'href="/sources/bcp-thuisbegeleider-2011#r1300"' in text
    made = part(text, "Wat hiervan is gemaakt")
    assert "Vakkennis" in made
    assert "Skillvereiste" in made
    assert "© Calibris 2011" in text


def test_a_part_stands_below_what_it_is_a_part_of_and_leads_to_its_lines(page: Page) -> None:
    text = page(f"/doc/aanvulling/{ADDENDUM}-2-1")
    crumbs = re.findall(r'<li><a href="/(?:id/)?([^"]*)"', text.partition("<main")[0].partition('class="crumbs"')[2])
    assert crumbs == [
        "",
        f"profiel/{ADDENDUM}",
        f"taakgebied/{ADDENDUM}-clientgebonden-taken",
        f"taak/{ADDENDUM}-2",
    ]
    assert re.search(r'Geldt voor</dt><dd><a href="/id/branche/justitiele-inrichtingen">', text)
    assert f'href="/sources/addendum-{ADDENDUM}#r193"' in text


def test_a_finding_and_a_seat_stand_below_their_profile(page: Page) -> None:
    for reference in (f"bevinding/{NAME}-ander-beroep", f"deelname/{NAME}-stuurgroep-1"):
        assert f'href="/id/profiel/{NAME}"' in page(f"/doc/{reference}").partition("<main")[0]


def test_a_kind_of_section_is_named_in_the_language_of_the_page(page: Page) -> None:
    assert re.search(r'<a href="/id/soort-paragraaf/typering"[^>]*>[^<]+</a>', page("/doc/paragraaf/raar-regel"))
    assert 'href="/id/soort-paragraaf/voorwoord">Foreword' in page(f"/doc/paragraaf/{NAME}-voorwoord", "en")


def test_an_organisation_shows_in_which_profiles_it_had_a_part(page: Page) -> None:
    text = page("/doc/organisatie/actiz")
    assert f'href="/id/profiel/{ADDENDUM}"' in part(text, "Profielen waaraan zij meewerkte")


def test_a_framework_has_its_levels_and_a_level_what_was_placed_there(page: Page) -> None:
    assert re.search(r"<b>4\+</b>\s*<a href=\"/id/niveau/raar-4\">", part(page("/doc/raamwerk/raar"), "Niveaus"))
    text = page("/doc/niveau/raar-4")
    placed = part(text, "Inschalingen op dit niveau")
    assert 'href="/id/kwalificatie/raar-4"' in placed
    assert "Omdat." in placed
    assert re.search(r'Niveau</dt><dd><a href="/id/niveau/raar-4">', page("/doc/inschaling/raar-4"))


def test_a_qualification_file_lists_its_qualifications(page: Page) -> None:
    text = page("/doc/kwalificatiedossier/raar")
    assert 'href="/id/kwalificatie/raar-4"' in part(text, "Kwalificaties")
    assert re.search(
        r'Kwalificatiedossier</dt><dd><a href="/id/kwalificatiedossier/raar">', page("/doc/kwalificatie/raar-4")
    )


def test_in_english_headings_are_english_and_texts_keep_their_language(page: Page) -> None:
    text = page("/doc/skill/sociale-vaardigheden", "en")
    assert "Who asks for it" in text
    assert '<span lang="nl">Sociale vaardigheden</span>' in text
    assert '<q lang="nl">Sociale vaardigheden</q>' in text
