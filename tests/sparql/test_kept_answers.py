"""Questions whose answers a rule would change if it looked less closely."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from vakgraaf.engine.cardinalities import measure
from vakgraaf.sparql.rewriting import rewrite
from vakgraaf.sparql.statistics import Counts, Statistics

from .questions import PROLOGUE, SPACE, answer

_MANY: Mapping[str, Counts] = {SPACE + name: Counts(200_000, 100, 100) for name in "pqrst"}
_FEW: Mapping[str, Counts] = {SPACE + name: Counts(200_000, 100_000, 100_000) for name in "pqrst"}
_DATA = """
:n1 a :C ; :p :n2 ; :s 1, 2, 3 ; :t "C", "C"@nl, "c"@en-GB .
:n2 a :C ; :p :n3 ; :q :n4 ; :s 4, 5 .
:n4 a :D ; :r :n5 .
:n3 :q :n2 ; :s 6 .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(f"@prefix : <{SPACE}> .{_DATA}".encode(), ox.RdfFormat.TURTLE)
    store.load(f"@prefix : <{SPACE}> .{_DATA}".encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(SPACE + "g1"))
    return store


@pytest.fixture(params=["measured", "many", "few"])
def counts(store: ox.Store, request: pytest.FixtureRequest) -> Statistics:
    classes = {SPACE + "C": 1000, SPACE + "D": 10}
    if request.param == "measured":
        return measure(store)
    return Statistics(10**6, 10**5, _MANY if request.param == "many" else _FEW, classes)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a :p ?b . ?b :p ?c FILTER(?a IN (:n1, <http://example.org/n1>)) }",
        "PREFIX o: <http://example.org/> SELECT * { ?a :p ?b . ?b :p ?c FILTER(?a IN (:n1, o:n1, :n2)) }",
        "BASE <http://example.org/> SELECT * { ?a :p ?b . ?b :p ?c FILTER(?a IN (<n1>, <./n1>)) }",
        """SELECT * { ?a :t ?b . ?a :p ?c FILTER(?b IN ('C', "C")) }""",
        'SELECT * { ?a :t ?b . ?a :p ?c FILTER(?b = "C"@nl) }',
        'SELECT * { ?a :t ?b . ?a :p ?c FILTER("c"@EN-gb = ?b) }',
        'SELECT * { ?a :t ?b . ?a :p ?c FILTER(?b IN ("C"@nl, "C"@NL, "C", "c"@en-gb, "c"@en)) }',
        "SELECT * { GRAPH ?g { ?a :p ?b . ?b :p ?c FILTER(?a IN (:n1, <http://example.org/n1>)) } }",
        "SELECT * { GRAPH :g1 { ?a :p ?b . ?b :p ?c FILTER(?a IN (:n1, <http://example.org/n1>)) } }",
    ],
    ids=[
        "name-and-iri",
        "two-prefixes",
        "relative",
        "quotes",
        "language",
        "capitals",
        "languages",
        "any-graph",
        "one-graph",
    ],
)
def test_value_that_a_filter_names_twice_counts_once(text: str, store: ox.Store, counts: Statistics) -> None:
    _same(text, store, counts)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT DISTINCT ?a { ?x :p* ?y . { ?y :q ?z . ?z :r ?a } UNION { ?y :t ?z . ?z :r ?a } VALUES ?x { :n5 } }",
        "ASK { ?x :p* ?y . { ?y :q ?z . ?z :r ?a } UNION { ?y :t ?z . ?z :r ?a } VALUES ?x { :n5 } }",
        "SELECT DISTINCT ?a { { SELECT ?y { ?y :t ?c } ORDER BY ?y } { ?y :q ?z . ?z :r ?a } UNION { ?y :t ?a } }",
    ],
    ids=["distinct", "ask", "ordered-subselect"],
)
def test_parts_that_keep_their_place_keep_what_they_share(text: str, store: ox.Store, counts: Statistics) -> None:
    _same(text, store, counts)


@pytest.mark.parametrize(
    "where",
    [
        "{ :n1 :s ?c . ?c :r ?d . { ?a a :D } UNION { ?a :q ?d . VALUES ?c { UNDEF :n9 } } }",
        "{ { ?a a :D } UNION { ?a a :C . ?c a :D } ?b :r ?c . :n1 :p ?c }",
        "{ ?a a :D VALUES ?c { UNDEF :n9 } ?b :r ?c . :n1 :p ?c }",
    ],
    ids=["union-and-values", "union", "undef"],
)
@pytest.mark.parametrize("head", ["ASK", "SELECT DISTINCT ?a WHERE"])
def test_what_a_branch_leaves_unbound_is_not_looked_for_apart(
    head: str, where: str, store: ox.Store, counts: Statistics
) -> None:
    _same(f"{head} {where}", store, counts)


@pytest.mark.parametrize("call", ["UUID()", "STRUUID()", "BNODE()", "RAND()", "rand ( )"])
def test_value_left_to_chance_is_made_once_for_each_solution_before_it(
    call: str, store: ox.Store, counts: Statistics
) -> None:
    for where in (f"?a a :C BIND({call} AS ?u) ?a :s ?c", f"?a :p ?b . ?b :s ?c BIND({call} AS ?u)"):
        _same(f"SELECT (COUNT(DISTINCT ?u) AS ?n) WHERE {{ {where} }}", store, counts)
    rows = answer(store, rewrite(f"{PROLOGUE}SELECT DISTINCT ({call} AS ?u) {{ ?a :p ?b . ?b :s ?c }}", counts).text)
    assert len(rows) == 3


def test_ask_that_leaves_solutions_out_counts_them(store: ox.Store, counts: Statistics) -> None:
    for offset in range(5):
        _same(f"ASK {{ ?a a :C . ?a :s ?c . ?a :p ?b }} OFFSET {offset}", store, counts)


def _same(text: str, store: ox.Store, counts: Statistics) -> None:
    rewritten = rewrite(PROLOGUE + text, counts)
    assert answer(store, rewritten.text) == answer(store, PROLOGUE + text), rewritten.text
