"""A query that is laid out for people is the same query."""

from __future__ import annotations

from hypothesis import given, settings

from thoroughness import examples
from vakgraaf.sparql.layout import laid_out
from vakgraaf.sparql.lexing import tokens

from .questions import PROLOGUE, queries


def _row(text: str) -> list[tuple[str, str]]:
    found = tokens(text)
    return [(kind, found.at(i)) for i, kind in enumerate(found.kinds)]


@settings(max_examples=examples(100))
@given(queries())
def test_layout_changes_nothing_but_space(text: str) -> None:
    assert _row(laid_out(text)) == _row(text)
    assert laid_out(laid_out(text)) == laid_out(text)


def test_groups_are_indented_and_triples_stand_apart() -> None:
    text = (
        PROLOGUE
        + 'SELECT ?a { ?a :p "x"@nl ; :q [ :r 1.5 ] . FILTER(?a IN (1,2) && EXISTS { ?a :p/:q ?b . }) } LIMIT 2'
    )
    assert laid_out(text).split("\n")[1:] == [
        "SELECT ?a {",
        '  ?a :p "x"@nl ;',
        "    :q [ :r 1.5 ] .",
        "  FILTER(?a IN (1,2) && EXISTS {",
        "    ?a :p/:q ?b .",
        "  })",
        "}",
        "LIMIT 2",
    ]


def test_comments_go_and_what_is_no_sparql_stays() -> None:
    assert laid_out("ASK # really\n {}") == "ASK {\n}"
    assert laid_out("ASK { \\ }") == "ASK { \\ }"
