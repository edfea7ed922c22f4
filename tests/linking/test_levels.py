"""What the words of a profile say about its level: a proposal with its evidence, or none."""

from __future__ import annotations

import random

import pytest

from vakgraaf.linking.levels import CUES, FACTORS, Text, proposal

FOUR = (
    Text("a", "complexiteit", "Zij gebruikt standaardwerkwijzen. Zij werkt in complexe, onvoorspelbare situaties."),
    Text("b", "verantwoordelijkheid", "Zij werkt zelfstandig. Zij draagt gedeelde verantwoordelijkheid voor anderen."),
)


def test_words_of_level_4_lead_to_level_4() -> None:
    assert proposal(FOUR).level == 4


@pytest.mark.parametrize(
    ("texts", "level"),
    [
        (("Hij voert eenvoudige taken uit.", "Hij werkt onder toezicht. Er zijn vaste procedures."), 2),
        (("Zij doet wetenschappelijk onderzoek.", "Zij is eindverantwoordelijk en maakt strategisch beleid."), 7),
    ],
)
def test_words_of_other_levels_lead_there(texts: tuple[str, str], level: int) -> None:
    first, second = texts
    assert proposal([Text("a", "complexiteit", first), Text("b", "verantwoordelijkheid", second)]).level == level


def test_evidence_names_the_sentence_the_section_and_the_words() -> None:
    found = next(one for one in proposal(FOUR).evidence if one.cue.factor == "zelfstandigheid")
    assert (found.section, found.sentence, found.words) == ("b", "Zij werkt zelfstandig.", "zelfstandig")


@pytest.mark.parametrize(
    "texts",
    [
        (),
        (Text("a", "complexiteit", "Complexe, onvoorspelbare zorg met standaardwerkwijzen."),),
        (Text("a", "voorwoord", FOUR[0].text), Text("b", "inleiding", FOUR[1].text)),
    ],
    ids=["nothing", "one factor", "other sections"],
)
def test_too_little_leads_to_no_level(texts: tuple[Text, ...]) -> None:
    assert proposal(texts).level is None


def test_factors_without_evidence_are_named() -> None:
    assert proposal(FOUR).missing == ("transfer",)
    assert proposal(()).missing == FACTORS


def test_the_order_of_the_sections_does_not_matter() -> None:
    texts = list(FOUR)
    expected = proposal(texts)
    random.Random(1).shuffle(texts)
    assert proposal(reversed(texts)) == expected == proposal(texts)


def test_of_levels_that_fit_equally_the_lowest_is_proposed() -> None:
    found = proposal(FOUR)
    best = max(count for _, count in found.fits)
    assert found.level == min(level for level, count in found.fits if count == best)


def test_every_cue_is_about_a_factor_and_some_levels() -> None:
    for cue in CUES:
        assert cue.factor in FACTORS
        assert 1 <= cue.low <= cue.high <= 8
        assert all(cue.reason)
