"""Words: what is the same word, and what words are put together of."""

from __future__ import annotations

import pytest

from vakgraaf.language.compounds import Splitter
from vakgraaf.language.stems import stems
from vakgraaf.language.words import key, places, words
from vakgraaf.search.spelling import Vocabulary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cliënt CLIENT cliënt's", ["client", "client", "client"]),
        ("thuis-begeleider", ["thuis", "begeleider", "thuisbegeleider"]),
        ("e-mail, café, ĳs, Ærø", ["e", "mail", "email", "cafe", "ijs", "aero"]),
        ("werkproces 1.1 en 1.10.", ["werkproces", "1.1", "en", "1.10"]),
        ("B1-K1-W2", ["b1", "k1", "w2", "b1k1w2"]),
        ("dilemma’s", ["dilemma"]),
        ("zo'n", ["zo", "n"]),
        ("½ §¶ ___ \0", ["12"]),
        ("日本語 Ελληνικά", ["日本語", "ελληνικα"]),
    ],
)
def test_words_are_folded_and_taken_apart(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_place_of_a_word_is_where_it_stands() -> None:
    text = "De cliënt (thuis-begeleider)."
    assert [text[a:b] for a, b, _ in places(text)] == ["De", "cliënt", "thuis-begeleider"]


def test_names_that_differ_in_spaces_hyphens_case_or_diacritics_are_one() -> None:
    assert len({key("Zorg-plan"), key("zorgplan"), key("ZORG PLAN"), key("zörgplan")}) == 1


@pytest.mark.parametrize(
    "forms",
    """
kerntaak kerntaken
werkproces werkprocessen
zorgplan zorgplannen
begeleiding begeleiden begeleidt
begeleider begeleiders
vaardigheid vaardigheden
competentie competenties
brief brieven
huis huizen
mens mensen
kind kinderen
gezin gezinnen
gesprek gesprekken
organisatie organisaties
leerling leerlingen
hulpvraag hulpvragen
situatie situaties
sociaal sociale
ondersteunt ondersteunen ondersteuning
verantwoordelijkheid verantwoordelijkheden
""".strip().splitlines(),
)
def test_forms_of_a_dutch_word_have_a_stem_in_common(forms: str) -> None:
    first, *others = (set(stems(form, "nl")) for form in forms.split())
    assert all(first & other for other in others)


@pytest.mark.parametrize("pair", ["begeleiding beleid", "gezin zin", "begeleider beleid", "gesprek spreek"])
def test_other_words_have_none(pair: str) -> None:
    one, other = (set(stems(word, "nl")) for word in pair.split())
    assert not one & other


def test_english_and_dutch_stems_are_apart() -> None:
    assert set(stems("organizations", "en")) == set(stems("organization", "en-GB"))
    assert not set(stems("organ", "nl")) & set(stems("organization", "en"))


COUNTS = dict.fromkeys(
    "thuis begeleider zorg plan plannen werk proces arbeid markt beroeps onderwijs wijs be".split(), 5
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("thuisbegeleider", ("thuis", "begeleider")),
        ("thuisbegeleiders", ("thuis", "begeleiders")),
        ("zorgplannen", ("zorg", "plannen")),
        ("arbeidsmarkt", ("arbeid", "markt")),
        ("thuiszorgplan", ("thuis", "zorg", "plan")),
        ("beroepsonderwijs", ("beroeps", "onderwijs")),
        ("onderwijs", ()),
        ("begeleider", ()),
        ("werk", ()),
        ("thuiskamer", ()),
    ],
)
def test_compound_is_read_by_the_words_that_there_are(word: str, parts: tuple[str, ...]) -> None:
    known = {stem for one in COUNTS for stem in stems(one, "nl")}
    assert Splitter(COUNTS, known).parts(word) == parts


def test_word_in_a_compound_is_found_also_where_that_is_a_compound_itself() -> None:
    splitter = Splitter(COUNTS | {"thuiszorg": 2, "zorgplan": 2})
    assert set(splitter.inside("thuiszorgplan")) >= {"thuiszorg", "plan", "thuis", "zorgplan"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("begelijder", "begeleider"), ("zogr", "zorg"), ("plannne", "plannen"), ("tuis", "thuis")]
)
def test_word_that_is_not_there_is_like_one_that_is(typed: str, meant: str) -> None:
    assert Vocabulary(COUNTS.items()).candidates(typed)[0].word == meant


def test_word_like_no_other_is_like_none() -> None:
    assert Vocabulary(COUNTS.items()).candidates("xyzzyq") == []


@pytest.mark.parametrize("typed", ["zzzzqq", "qqqq", "aaaaaaaaaaaa"])
def test_word_of_many_signs_and_few_sounds_is_not_taken_for_a_short_one(typed: str) -> None:
    short = Vocabulary([("ze", 300), ("de", 900), ("a", 20), ("c", 9), ("k", 9)])
    assert short.candidates(typed) == []
