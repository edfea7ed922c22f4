"""Who searches finds what they mean: on the data that come with the program."""

from __future__ import annotations

import pytest

from vakgraaf.search.answers import Found, Hit, Label, Sought
from vakgraaf.search.index import Index

BCP = "Beroepscompetentieprofiel Thuisbegeleider"
ADDENDUM = "Addendum Persoonlijk begeleider specifieke doelgroepen"


def name(hit: Hit) -> str:
    """What a reader of Dutch sees as its name."""

    def rank(value: Label) -> tuple[bool, str]:
        return value.language not in ("nl", ""), value.text

    return min(hit.labels, key=rank).text if hit.labels else hit.iri


def names(index: Index, text: str, most: int = 20) -> list[str]:
    return [name(hit) for hit in index.search(Sought(text)).hits[:most]]


def kinds(found: Found, most: int) -> list[str]:
    return [hit.of.iri.rpartition("#")[2] if hit.of else "" for hit in found.hits[:most]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Thuisbegeleider", "Thuisbegeleider"),
        ("thuis-begeleider", "Thuisbegeleider"),
        ("THUIS BEGELEIDER", "Thuisbegeleider"),
        ("beroepscompetentieprofiel thuisbegeleider", BCP),
        ("thuisbegeleider profiel", BCP),
        ("addendum persoonlijk begeleider", ADDENDUM),
        ("sociale vaardigheden", "Sociale vaardigheden"),
        ("sociale vaardigheid", "Sociale vaardigheden"),
        ("samenwerken en overleggen", "Samenwerken en overleggen"),
        ("overleggen samenwerken", "Samenwerken en overleggen"),
        ("cooperating and consulting", "Samenwerken en overleggen"),
        ("cooperate consult", "Samenwerken en overleggen"),
        ("Kwalificatiedossier Maatschappelijke Zorg", "Kwalificatiedossier Maatschappelijke Zorg"),
        ("kerntaak", "Kerntaak"),
        ("core task", "Kerntaak"),
        ("begeleiden", "Begeleiden"),
        ("wet cliëntenrechten", "Wet Cliëntenrechten zorg"),
        ("wet clientenrechten", "Wet Cliëntenrechten zorg"),
    ],
)
def test_what_is_meant_comes_first(packaged: Index, text: str, first: str) -> None:
    assert names(packaged, text, 1) == [first]


@pytest.mark.parametrize(
    ("text", "among_the_first"),
    [
        ("begeleider", BCP),
        ("begeleider", ADDENDUM),
        ("begeleider", "Thuisbegeleider"),
        ("begeleiders", "Thuisbegeleider"),
        ("kerntak", "Kerntaken"),
        ("kerntakken", "Kerntaken"),
        ("begelijder", "Thuisbegeleider"),
        ("begeleidr", "Thuisbegeleider"),
        ("thuisbegelijder", "Thuisbegeleider"),
        ("persoonlik", ADDENDUM),
        ("persoonlijkbegeleider", ADDENDUM),
        ("socjale vaardigheden", "Sociale vaardigheden"),
        ("vaardigheeden", "Sociale vaardigheden"),
        ("zorgplan", "Begeleidingsplan"),
        ("zorg plan", "Begeleidingsplan"),
        ("zorgplannen", "Begeleidingsplan"),
        ("plannen", "Plannen en organiseren"),
        ("hulpverlening organiseren", "Organiseren hulpverlening"),
        ("thuisbeg", "Thuisbegeleider"),
        ("organising", "Plannen en organiseren"),
    ],
)
def test_what_is_meant_is_on_the_first_screen(packaged: Index, text: str, among_the_first: str) -> None:
    assert among_the_first in names(packaged, text, 6)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("begelijder", "begeleider"),
        ("persoonlik", "persoonlijk"),
        ("vaardigheeden", "vaardigheden"),
        ("kwaliteid", "kwaliteit"),
        ("proffessioneel", "professioneel"),
        ("klient", "client"),
    ],
)
def test_unknown_word_is_taken_for_the_one_that_was_meant(packaged: Index, typed: str, meant: str) -> None:
    found = packaged.search(Sought(typed))
    assert found.meant == {typed: meant}
    assert found.total == packaged.search(Sought(meant)).total > 0


def test_word_that_is_known_is_not_corrected(packaged: Index) -> None:
    assert packaged.search(Sought("begeleider")).meant == {}
    assert packaged.search(Sought("zorgplan")).meant == {}


def test_kerntaken_of_a_profile_are_found_by_its_name_and_theirs(packaged: Index) -> None:
    found = packaged.search(Sought("kerntaken thuisbegeleider"))
    assert kinds(found, 12).count("Kerntaak") == 5


def test_words_of_a_question_that_say_nothing_do_not_count(packaged: Index) -> None:
    asked = packaged.search(Sought("Welke kerntaken heeft de thuisbegeleider?"))
    assert asked.hits == packaged.search(Sought("kerntaken thuisbegeleider")).hits


def test_word_that_is_nowhere_is_left_out_and_said_so(packaged: Index) -> None:
    found = packaged.search(Sought("zorg xyzzyq"))
    assert (found.left_out, found.hits) == (("xyzzyq",), packaged.search(Sought("zorg")).hits)


def test_of_words_that_nothing_has_together_as_many_as_possible_count(packaged: Index) -> None:
    found = packaged.search(Sought("thuisbegeleider rijbewijs"))
    assert found.total > 0
    assert packaged.search(Sought("verpleeghuizen klankbordgroep reclassering")).left_out


def test_evidence_stands_behind_what_it_is_evidence_of(packaged: Index) -> None:
    found = packaged.search(Sought("netwerk"))
    places = kinds(found, 20)
    assert places
    assert "Passage" not in places[: min(len(places), 5)]


def test_results_of_a_passage_do_not_come_from_the_name_of_its_document(packaged: Index) -> None:
    found = packaged.search(Sought("addendum", {"class": "https://w3id.org/vakgraaf/def#Passage"}))
    assert all(hit.snippet and "addendum" in hit.snippet.text.casefold() for hit in found.hits)


def test_profile_that_is_only_mentioned_stands_behind_one_that_is_there(packaged: Index) -> None:
    found = names(packaged, "beroepscompetentieprofiel begeleider")
    assert found.index(BCP) < found.index("Beroepscompetentieprofiel Woonbegeleider")


def test_beleid_is_not_begeleiding(packaged: Index) -> None:
    found = packaged.search(Sought("beleid"))
    assert 0 < found.total < packaged.search(Sought("begeleiding")).total / 2


@pytest.mark.parametrize("typed", ["thuisb", "Thuisbegel", "begelei", "soc va", "sociale vaard", "samenw", "core t"])
def test_every_suggestion_has_what_was_typed(packaged: Index, typed: str) -> None:
    found = packaged.suggest(typed, 10)
    assert found
    *_, last = typed.casefold().split()
    assert all(last in value.text.casefold() for one in found for value in one.labels)


def test_suggestions_have_each_name_once_and_the_best_first(packaged: Index) -> None:
    found = [one.labels[0].text for one in packaged.suggest("thuisbegel", 10)]
    assert found[0] == "Thuisbegeleider"
    assert len({text.casefold() for text in found}) == len(found)
