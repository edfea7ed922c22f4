"""A query that differs from one seen before only in what it asks about gets that one's plan, with its own constants."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from thoroughness import examples
from vakgraaf.sparql.layout import laid_out
from vakgraaf.sparql.rewriting import rewrite
from vakgraaf.sparql.rewriting.alike import rewritten
from vakgraaf.sparql.statistics import Statistics

from .questions import SPACE, answer, queries, statistics, stores
from .test_rules import BIG

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r":(n[0-9]|g[0-9])\b")


@settings(max_examples=examples(100))
@given(stores(), queries(), statistics())
def test_answers_stay_equal_whatever_is_written_as_a_whole_iri(store: ox.Store, text: str, counts: Statistics) -> None:
    spelled = _NAME.sub(rf"<{SPACE}\1>", text) + ' # a remark <http://example.org/n1> "no string'
    assert answer(store, rewritten(spelled, counts)) == answer(store, spelled)


def test_each_gets_its_own_constants_in_the_same_plan() -> None:
    one, other = (
        f"SELECT * {{ ?a <{SPACE}p> ?b . ?b <{SPACE}q> <http://x.example/{name}> . ?b <{SPACE}r> ?c }}"
        for name in ("one", "other")
    )
    assert rewritten(one, BIG) == rewrite(one, BIG).text
    assert rewritten(other, BIG) == rewritten(one, BIG).replace("/one>", "/other>")


def test_graphs_of_which_the_size_is_known_have_plans_of_their_own() -> None:
    counts = replace(BIG, graphs={f"{SPACE}small": 10, f"{SPACE}large": 290_000})
    for name in ("small", "large"):
        text = (
            f"SELECT * {{ ?a <{SPACE}p> ?b . GRAPH <{SPACE}{name}> {{ ?b <{SPACE}q> ?c }} ?a <{SPACE}r> <{SPACE}n1> }}"
        )
        assert rewritten(text, counts) == rewrite(text, counts).text


@pytest.mark.parametrize(
    "written",
    [
        '"# no comment <http://x.example/s>"',
        "'''# \" ''<http://x.example/s>'''",
        '"<vakgraaf-constant:0>"',
        '"a\\"#<http://x.example/s>"',
    ],
)
def test_what_stands_in_a_string_stays_there(written: str) -> None:
    text = f"SELECT * {{ ?a <{SPACE}p> ?b . ?b <{SPACE}q> <http://x.example/s#t> . ?a <{SPACE}r> {written} }} # remark"
    found = rewritten(text, BIG)
    assert written in found
    assert "<http://x.example/s#t>" in found
    assert found.count("vakgraaf-constant") == text.count("vakgraaf-constant")


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/bench/questions/*.rq")), ids=lambda path: path.stem)
def test_a_question_asked_for_the_first_time_is_rewritten_as_ever(path: Path) -> None:
    text = path.read_text("utf-8")
    without_remarks = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    assert laid_out(rewritten(text, BIG)) == laid_out(rewrite(without_remarks, BIG).text)
