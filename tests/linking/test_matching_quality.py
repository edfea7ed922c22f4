"""Candidates against pairs that were judged by reading, with the files of others: what `scripts/bench link` prints."""

from __future__ import annotations

from functools import cache

import pytest

from linking import esco
from linking.material import ABSENT, GOLD, HELD_OUT, TUNED, cases, judged
from linking.plain import fuzzy, tf_idf
from linking.quality import Quality, Ranked, ranked, together
from vakgraaf.linking.candidate import CLOSE, EXACT, Candidate
from vakgraaf.linking.matching.matcher import Matcher
from vakgraaf.linking.matching.score import ACCEPT

pytestmark = pytest.mark.skipif(bool(ABSENT), reason=ABSENT)
KINDS = ("werkprocessen", "skills")


@cache
def quality(kind: str, method: Ranked = ranked, parts: tuple[str, ...] = (TUNED, HELD_OUT)) -> Quality:
    return together(Quality.of(case, method) for part in parts for case in cases(kind, part))


@cache
def candidates(kind: str) -> list[Candidate]:
    return [
        candidate
        for part in (TUNED, HELD_OUT)
        for case in cases(kind, part)
        for candidate in Matcher(case.subjects, case.objects, case.left_out, case.synonyms, case.background).all(3)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_nine_of_ten_that_are_offered_are_right(kind: str) -> None:
    precision, offered = quality(kind).precision(ACCEPT)
    assert precision >= 0.9
    assert offered >= 20


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [TUNED, HELD_OUT])
def test_nine_of_ten_that_are_right_are_among_the_first_three(kind: str, part: str) -> None:
    assert quality(kind, parts=(part,)).recall() >= 0.9


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plain", [tf_idf, fuzzy])
def test_plain_methods_find_less(kind: str, plain: Ranked) -> None:
    assert quality(kind, plain).recall() < quality(kind).recall()


def test_every_judged_thing_is_there() -> None:
    for kind in KINDS:
        for part in (TUNED, HELD_OUT):
            subjects = {one.subject for one in judged(kind) if one.part == part}
            objects = {one.object for one in judged(kind) if one.part == part} - {"-"}
            assert subjects == {thing.iri for case in cases(kind, part) for thing in case.subjects}
            assert objects <= {thing.iri for case in cases(kind, part) for thing in case.objects}


def test_what_was_judged_to_be_something_else_is_not_offered_but_for_one() -> None:
    wrong = {(one.subject, one.object) for kind in KINDS for one in judged(kind) if one.predicate == "none"}
    offered = {(one.subject, one.object) for kind in KINDS for one in candidates(kind) if one.score >= ACCEPT}
    # "Sociale vaardigheden" and "sociale integratie": the one word that tells is the same.
    assert {(one.rpartition("/")[2], other) for one, other in wrong & offered} <= {
        ("sociale-vaardigheden", "kv:1216443")
    }


def test_exact_is_proposed_only_where_it_was_judged_so() -> None:
    exact = {(one.subject, one.object) for kind in KINDS for one in judged(kind) if one.predicate == "exact"}
    proposed = {(one.subject, one.object) for kind in KINDS for one in candidates(kind) if one.predicate == EXACT}
    assert proposed
    assert proposed <= exact


def test_escos_gezinsbegeleider_and_woonbegeleider_come_first_and_are_close() -> None:
    first = esco.occupations_for("thuisbegeleider-2011", 20)[:3]
    assert {"gezinsbegeleider", "woonbegeleider"} <= {label for _, label in first}
    assert {candidate.predicate for candidate, label in first if label.endswith("nsbegeleider")} == {CLOSE}
    assert all(candidate.predicate != EXACT for candidate, _ in esco.occupations_for("thuisbegeleider-2011", 20))


def test_judged_pairs_are_many_and_each_has_a_reason() -> None:
    lines = [line.split("\t") for kind in KINDS for line in (GOLD / f"{kind}.tsv").read_text("utf-8").splitlines()[1:]]
    assert len(lines) >= 200
    assert len({tuple(line[:3]) for line in lines}) == len(lines)
    assert all(len(line) == 5 and line[4].strip() for line in lines)
    assert {line[3] for line in lines} == {"exact", "close", "broad", "narrow", "related", "none"}
