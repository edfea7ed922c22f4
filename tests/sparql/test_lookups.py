"""Which triples a query looks at: only those are read of graphs that have to be merged for it."""

from __future__ import annotations

import pytest

from vakgraaf.sparql.lookups import ALL, Lookup, looked_up

_BASE = "http://a.example/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _of(*lookups: str) -> frozenset[Lookup]:
    """Lookups written as `a p *`."""
    rows = [[None if name == "*" else _BASE + name for name in lookup.split()] for lookup in lookups]
    return frozenset(Lookup(*row) for row in rows)


@pytest.mark.parametrize(
    ("pattern", "lookups"),
    [
        ("{ :a ?p ?o }", _of("a * *")),
        ("{ ?s ?p :a }", _of("* * a")),
        ("{ :a :p ?o . ?o :q :b }", _of("a p *", "* q b")),
        ("{ :a :p ?o . ?s :p ?x }", _of("* p *")),
        ("{ GRAPH ?g { :a :p ?o } }", _of("a p *")),
        ("{ ?s :p/:q ?o FILTER NOT EXISTS { :a :r ?o } }", _of("* p *", "* q *", "a r *")),
        ("{ :a :p* ?o }", _of("a * *", "* * a", "* p *")),
        ("{ :a :p [ :q 1 ] }", _of("a p *", "* q *")),
    ],
)
def test_query_looks_at_what_its_patterns_match(pattern: str, lookups: frozenset[Lookup]) -> None:
    assert looked_up(f"PREFIX : <{_BASE}> SELECT * {pattern}") == lookups


def test_list_in_a_pattern_looks_at_first_and_rest() -> None:
    found = looked_up(f"PREFIX : <{_BASE}> SELECT * {{ :a :p (:b ?c) }}")
    nil = Lookup(None, f"{_RDF}rest", None)
    assert found == {*_of("a p *"), Lookup(None, f"{_RDF}first", None), nil}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o . :a ?p ?o }",
        "SELECT * { ?s :p* ?o }",
        "SELECT * { :a !:p ?o }",
        "SELECT * { <<( ?s ?p ?o )>> :p ?x }",
        "DESCRIBE :a",
        "SELECT * { <../a> :p ?o }",
        "SELECT * { no query",
    ],
)
def test_query_of_which_there_is_no_telling_looks_at_everything(text: str) -> None:
    assert looked_up(f"PREFIX : <{_BASE}> {text}") == {ALL}
