"""A question finds in the statements that it needs what it finds in all of them."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF

from vakgraaf.engine.scratch import Scratch
from vakgraaf.validation.compiled.census import Census
from vakgraaf.validation.compiled.footprint import footprint
from vakgraaf.validation.compiled.inventory import Inventory
from vakgraaf.validation.compiled.needs import Need, Want, needs_of
from vakgraaf.validation.compiled.trying import Trials

NOTHING_TRIED = Trials({str(RDF.type).encode(): ()}, frozenset(), frozenset())
PREFIX = "PREFIX x: <http://x.example/>\n"
COLUMNS = ("this", "y", "z")
things = st.sampled_from([f"<http://x.example/t{number}>" for number in range(4)])
statements = st.one_of(
    st.tuples(things, st.sampled_from([f"<http://x.example/{name}>" for name in "pqr"]), things),
    st.tuples(things, st.just(f"<{RDF.type}>"), st.sampled_from(["<http://x.example/A>", "<http://x.example/B>"])),
).map(lambda terms: f"{' '.join(terms)} .\n".encode())

variables = st.sampled_from(["?this", "?y", "?z"])
patterns = st.one_of(
    st.tuples(variables, st.sampled_from(["x:p", "x:q", "x:r"]), st.one_of(variables, st.just("x:t1"))),
    st.tuples(variables, st.sampled_from(["x:p/x:q", "^x:p", "x:p|x:r", "x:q+", "x:p/a"]), variables),
    st.tuples(st.one_of(variables, st.just("x:t2")), st.just("a"), st.sampled_from(["x:A", "x:B", "?k"])),
).map(lambda terms: f"{' '.join(terms)} .")


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        patterns,
        group.map(lambda text: f"FILTER EXISTS {{ {text} }}"),
        group.map(lambda text: f"FILTER NOT EXISTS {{ {text} }}"),
        group.map(lambda text: f"OPTIONAL {{ {text} }}"),
        group.map(lambda text: f"MINUS {{ {text} }}"),
        group.map(lambda text: f"LATERAL {{ {text} }}"),
        group.map(lambda text: f"{{ {text} }}"),
        group.map(lambda text: f"{{ SELECT DISTINCT ?this WHERE {{ {text} }} }}"),
        group.map(lambda text: f"{{ SELECT ?y (COUNT(?this) AS ?n) WHERE {{ {text} }} GROUP BY ?y }}"),
        group.map(lambda text: f"BIND (EXISTS {{ {text} }} AS «bound»)"),
        st.tuples(group, group).map(lambda pair: f"{{ {pair[0]} }} UNION {{ {pair[1]} }}"),
    )


elements = st.recursive(patterns, nested, max_leaves=6)
questions = st.tuples(patterns, st.lists(elements, max_size=4)).map(
    lambda parts: numbered(" ".join([parts[0], *parts[1]]))
)


def numbered(text: str) -> str:
    """Each BIND with a variable of its own."""
    numbers = count()
    parts = text.split("«bound»")
    return (
        PREFIX
        + f"SELECT ?this ?y ?z WHERE {{ {''.join(f'{part}?b{next(numbers)}' for part in parts[:-1])}{parts[-1]} }}"
    )


def answers(lines: list[bytes], text: str) -> list[str]:
    scratch = Scratch()
    scratch.load_triples(b"".join(lines))
    return sorted(map(repr, scratch.rows(text, COLUMNS)))


def needed(lines: list[bytes], text: str) -> list[bytes]:
    census, content = Census(NOTHING_TRIED), b"".join(lines)
    census.take_in(content, 1)
    inventory = Inventory(census)
    places = inventory.picked(inventory.choice(needs_of(text, footprint(text))))
    return [content[start:end] + b" .\n" for _, starts, ends in places for start, end in zip(starts, ends, strict=True)]


@settings(max_examples=300, deadline=None)
@given(st.lists(statements, min_size=1, max_size=14, unique=True), questions)
def test_what_a_question_does_not_need_makes_no_difference(lines: list[bytes], text: str) -> None:
    try:
        all_ = answers(lines, text)
    except SyntaxError:  # a variable that stands in two places where only one can bind it
        return
    assert answers(needed(lines, text), text) == all_


@pytest.mark.parametrize(
    "inside",
    [
        "OPTIONAL { ?this x:q ?z }",
        "MINUS { ?this x:q ?z }",
        "FILTER NOT EXISTS { ?this x:q ?z }",
        "BIND (EXISTS { ?this x:q ?z } AS ?b)",
        "{ ?this x:q ?z } UNION { ?this a x:A }",
        "{ SELECT ?y WHERE { ?this x:r ?y } }",
        "?this x:p/x:s|x:p ?z",
    ],
)
def test_what_need_not_be_there_limits_nothing(inside: str) -> None:
    lines = [
        b"<http://x.example/t0> <http://x.example/p> <http://x.example/t1> .\n",
        f"<http://x.example/t0> <{RDF.type}> <http://x.example/A> .\n".encode(),
        b"<http://x.example/t2> <http://x.example/r> <http://x.example/t1> .\n",
        b"<http://x.example/t3> <http://x.example/q> <http://x.example/t1> .\n",
    ]
    text = f"{PREFIX} SELECT ?this ?y ?z WHERE {{ ?this x:p ?y . {inside} }}"
    found = answers(lines, text)
    assert found
    assert answers(needed(lines, text), text) == found


def test_things_have_to_have_all_that_is_said_of_a_variable_outside_and_inside() -> None:
    text = f"{PREFIX} SELECT ?this {{ ?this a x:A ; x:p ?y FILTER NOT EXISTS {{ ?y x:q ?z . ?this x:r ?z }} }}"
    this = frozenset({Want(str(RDF.type), "http://x.example/A"), Want("http://x.example/p")})
    assert needs_of(text, footprint(text)) == {
        Need(str(RDF.type), "http://x.example/A", this),
        Need("http://x.example/p", None, this),
        Need("http://x.example/q", None, frozenset({Want("http://x.example/q")})),
        Need("http://x.example/r", None, this | {Want("http://x.example/r")}),
    }


def test_of_a_question_that_is_not_understood_all_that_it_names_is_needed() -> None:
    text = f"{PREFIX} SELECT ?this {{ GRAPH ?g {{ ?this x:p ?y ; x:q ?z }} }}"
    assert {need.wants for need in needs_of(text, footprint(text))} == {frozenset()}
