"""Each rule does its work where it should, keeps off where it must, and leaves the answers equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.sparql.rewriting import rewrite
from vakgraaf.sparql.statistics import Counts, Statistics

from .questions import PROLOGUE, SPACE, answer, nodes, stores, variables

_MANY: Mapping[str, Counts] = {SPACE + name: Counts(100_000, 50_000, 1_000) for name in "pqr"}
BIG = Statistics(300_000, 100_000, _MANY, {SPACE + "C": 20, SPACE + "D": 50_000})
# Every look-up walks through a whole predicate, so that looking once is always cheaper than looking for each row.
DEAR = Statistics(
    10**9, 10**5, {SPACE + name: Counts(2_000, 1_000, 1) for name in "pqr"}, {SPACE + "C": 2_000, SPACE + "D": 2_000}
)
WIDE = Statistics(10**6, 10**5, {SPACE + name: Counts(10_000, 10_000, 200) for name in "pqr"}, {})

_pairs = st.sampled_from(["?a :p ?b", "?b :q ?a", "?a :q ?c . ?c :p ?b", "?b ^:r/:p ?a"])
_whole = st.tuples(st.sampled_from(["?a a :D", "?a :p ?z", "?a :r ?b . ?z :p ?b"]), _pairs).map(" . ".join)
_more = st.sampled_from(["", "OPTIONAL { ?a :r ?o }", "BIND(STR(?a) AS ?o)", "MINUS { ?a :q :n1 }", "FILTER(?a != ?b)"])


@settings(max_examples=examples(80))
@given(stores(), _whole, _pairs, _more, st.sampled_from(["", "NOT "]), st.booleans())
def test_exists_is_evaluated_once(
    store: ox.Store, around: str, inside: str, more: str, negated: str, named: bool
) -> None:
    group = f"{{ {around} {more} FILTER {negated}EXISTS {{ {inside} }} }}"
    text = PROLOGUE + f"SELECT ?a ?b ?z WHERE {f'{{ GRAPH :g1 {group} }}' if named else group}"
    rewritten = rewrite(text, DEAR)
    assert {"minus", "semi-join"} & {*rewritten.applied}
    assert answer(store, rewritten.text) == answer(store, text), rewritten.text


@settings(max_examples=examples(80))
@given(
    stores(),
    st.lists(_pairs, min_size=2, max_size=4, unique=True).map(" . ".join),
    st.sampled_from(["DISTINCT ?a", "DISTINCT ?b", "(COUNT(DISTINCT ?a) AS ?n)", "(MAX(?b) AS ?n)", "DISTINCT ?a ?b"]),
    _more,
)
def test_what_only_has_to_be_there_is_not_multiplied(store: ox.Store, around: str, select: str, more: str) -> None:
    text = PROLOGUE + f"SELECT {select} WHERE {{ {around} . ?a :q ?d . ?d :r ?e {more} }}"
    rewritten = rewrite(text, BIG)
    assert {"existence", "distinct", "order"} & {*rewritten.applied}
    assert answer(store, rewritten.text) == answer(store, text), rewritten.text


@settings(max_examples=examples(50))
@given(
    stores(),
    st.lists(nodes | st.sampled_from(['"C"', '"x"@nl', "'C'", f"<{SPACE}n1>"]), min_size=1, max_size=4),
    variables,
    st.booleans(),
)
def test_values_in_filters_come_first(store: ox.Store, terms: list[str], name: str, single: bool) -> None:
    demand = f"{name} = {terms[0]}" if single else f"{name} IN ({', '.join(terms)})"
    text = PROLOGUE + f"SELECT * WHERE {{ ?a :p ?b . ?b :q ?c . ?c :r ?d FILTER({demand} && ?a != ?d) }}"
    rewritten = rewrite(text, BIG)
    assert "constants" in rewritten.applied
    assert answer(store, rewritten.text) == answer(store, text), rewritten.text


@pytest.mark.parametrize(
    "where",
    [
        "{ ?a a :D . OPTIONAL { ?a :p ?b } FILTER NOT EXISTS { ?a :q ?b . ?b :r ?c } }",
        "{ ?a a :D . ?a :p ?b FILTER NOT EXISTS { ?x :q ?y } }",
        "{ ?a a :D . ?a :p ?b FILTER NOT EXISTS { ?a :q ?y OPTIONAL { ?y :r ?b } } }",
        "{ ?a a :D . ?a :p ?b FILTER NOT EXISTS { ?a :q ?y FILTER(?y != ?b) } }",
        "{ ?a a :D . ?a :p ?b FILTER NOT EXISTS { ?a :q* ?b } }",
        "{ GRAPH ?g { ?a a :D . ?a :p ?b FILTER NOT EXISTS { ?a :q ?b } } }",
        "{ ?c :p ?a OPTIONAL { ?a :p ?b FILTER NOT EXISTS { ?b :q ?c } } }",
    ],
    ids=["unbound", "nothing-shared", "optional-inside", "outer-filter", "empty-path", "any-graph", "in-optional"],
)
def test_not_exists_stays_where_minus_would_differ(where: str) -> None:
    assert "minus" not in rewrite(PROLOGUE + "SELECT ?a ?b WHERE " + where, DEAR).applied


def test_not_exists_becomes_minus_where_it_is_the_same() -> None:
    where = "{ ?a a :D . ?a :p ?b FILTER NOT EXISTS { ?a :q ?y . ?y :r ?b } }"
    assert "minus" in rewrite(PROLOGUE + "SELECT ?a ?b WHERE " + where, DEAR).applied


@pytest.mark.parametrize("select", ["?a", "(COUNT(?a) AS ?n)", "(COUNT(*) AS ?n)", "(COUNT(DISTINCT *) AS ?n)", "*"])
def test_duplicates_stay_where_they_count(select: str) -> None:
    text = f"SELECT {select} WHERE {{ ?a :p ?b . ?b :q ?c . ?c :r ?d }}"
    assert not {"distinct", "existence"} & {*rewrite(PROLOGUE + text, BIG).applied}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { ?s ?p ?o }",
        "SELECT * WHERE { ?a :p ?b LATERAL { ?b :q ?c . ?c :r ?d } }",
        "SELECT * WHERE { ?a :p ?b . ?b :q ?c SERVICE <http://example.org/> { ?c :r ?d } }",
        "SELECT * WHERE { << ?a :p ?b >> :q ?c . ?c :r ?d }",
        "DESCRIBE :n1",
        "INSERT { ?a :p ?c } WHERE { ?a :p ?b . ?b :p ?c }",
        "SELECT * WHERE { this is no query",
        "",
    ],
    ids=["one-triple", "lateral", "service", "triple-term", "describe", "update", "broken", "empty"],
)
def test_what_is_not_understood_stays_as_it_was(text: str) -> None:
    rewritten = rewrite(PROLOGUE + text, BIG)
    assert rewritten.text == PROLOGUE + text
    assert rewritten.applied == ()


_DELICATE = [
    "{ ?a :p ?b OPTIONAL { ?b :q ?c } VALUES ?c { :n1 UNDEF } }",
    "{ ?a :p ?b OPTIONAL { ?b :q ?c } VALUES (?a ?d) { (:n1 :n2) (UNDEF :n3) } ?b :r ?d }",
    "{ ?a :p ?b MINUS { ?b :q ?c } VALUES ?b { :n1 UNDEF :n2 :n2 } }",
    "{ ?a :p ?b MINUS { ?b :q ?c } { ?a :r ?d } UNION { ?b :r ?c } }",
    "{ ?a :p ?b OPTIONAL { ?b :q ?c } { ?a :r ?d FILTER(?d != ?b) } UNION { ?b :r ?d BIND(STR(?d) AS ?e) } }",
    "{ ?a :p ?b OPTIONAL { ?b :q ?c FILTER(?c != ?d) } GRAPH ?g { ?a :r ?d } }",
    "{ ?a :p ?b OPTIONAL { GRAPH ?g { ?b :q ?c } } GRAPH ?g { ?a :r ?d } }",
    "{ ?a :p ?b BIND(?a AS ?c) { ?c :q ?d } UNION { ?a :r ?d } }",
    "{ ?a :p ?b OPTIONAL { ?a :q ?c } ?c :r ?d }",
    "{ ?a :p ?b OPTIONAL { ?b :q ?c FILTER(?c != ?d) } ?a :r ?d }",
    "{ ?a :p ?b MINUS { ?b :q ?c . ?c :r ?d } ?c :r ?d }",
    "{ ?a :p ?b BIND(STR(?d) AS ?e) ?a :r ?d }",
    "{ ?a :p ?b OPTIONAL { ?a :q ?c } FILTER(?c = :n1) }",
    "{ ?a :p ?b OPTIONAL { ?a :q ?c } FILTER(?c IN (:n1, :n2)) ?b :r ?d }",
    "{ ?a :p ?b . ?b :q ?c FILTER(?a = :n1 || ?b = :n2 && ?c = :n3) }",
    "{ ?a :p ?b . ?b :q ?c FILTER(!(?a = :n1) && !(?b = ?c && ?a = ?c)) }",
    "{ VALUES ?a { :nowhere :n1 } ?a :p* ?b . ?b :q ?c }",
    "{ { SELECT ?a { ?x :p ?a } } ?a :p? ?b . ?b :q ?c . ?c :r ?d }",
    "{ GRAPH ?g { ?a :p ?b . ?b :q ?c } ?c :r ?d }",
    "{ GRAPH ?g { ?a :p ?b } GRAPH ?g { ?b :q ?c . ?c :p ?d } }",
    "{ { ?a :p ?b FILTER(?c = :n1) } UNION { ?a :q ?b } ?b :r ?c }",
    "{ { ?a :p ?b OPTIONAL { ?b :q ?c } } ?a :r ?c . ?c :p ?d }",
]


@settings(max_examples=examples(40))
@given(stores(), st.sampled_from([BIG, DEAR]), st.sampled_from(["", "DISTINCT "]))
@pytest.mark.parametrize("where", _DELICATE)
def test_delicate_groups_keep_their_answers(where: str, store: ox.Store, counts: Statistics, distinct: str) -> None:
    text = PROLOGUE + f"SELECT {distinct}?a ?b ?c ?d ?g WHERE {where}"
    rewritten = rewrite(text, counts)
    assert answer(store, rewritten.text) == answer(store, text), rewritten.text


_LOOKED_UP = [
    "{ ?b :q ?c OPTIONAL { ?c :r ?d } }",
    "{ ?b :q ?c BIND(STR(?c) AS ?d) }",
    "{ ?b :q ?c BIND(1 AS ?d) } UNION { ?b :r ?c OPTIONAL { ?b :p ?d FILTER(?d != ?c) } }",
    "{ { ?b :q ?c BIND(1 AS ?d) } UNION { ?b :r ?c FILTER(?c != :n1) } }",
    "GRAPH ?g { ?b :q ?c OPTIONAL { ?c :r ?d } }",
    "{ ?b :q ?c OPTIONAL { ?c :r* ?d } }",
    "{ ?b :q* ?c }",
    "{ ?b :q? ?c } UNION { ?b :r ?c . ?c :q* ?d }",
]
_NOT_LOOKED_UP = [
    "{ ?z :q ?c OPTIONAL { ?c :r ?b } }",
    "{ ?z :q ?c BIND(?c AS ?b) }",
    "{ ?b :q ?c MINUS { ?c :r ?d } }",
    "{ ?b :q ?c BIND(UUID() AS ?d) FILTER(?d != ?c) }",
    "{ ?b :q ?c OPTIONAL { ?a :r* ?d } }",
    "{ { ?z :q ?c BIND(1 AS ?b) } UNION { ?b :r ?c FILTER(?c != :n1) } }",
]
# What these name is not in the scope of the group that names it; where the engine looks them up by itself it finds it.
_OUT_OF_SCOPE = [
    "{ ?z :q ?c FILTER(?b != ?c) } UNION { ?b :r ?c }",
    "{ ?b :q ?c OPTIONAL { ?c :r ?d OPTIONAL { ?d :p ?e FILTER(?a != ?e) } } }",
    "{ ?b :q ?c OPTIONAL { ?c :r ?d OPTIONAL { ?d :p ?e FILTER(?b != ?e) } } }",
    "{ ?b :q ?c BIND(BOUND(?a) AS ?d) }",
]


@settings(max_examples=examples(30))
@given(stores(), st.sampled_from([BIG, DEAR]), st.sampled_from(["", "DISTINCT "]))
@pytest.mark.parametrize("part", _LOOKED_UP + _NOT_LOOKED_UP)
def test_part_keeps_its_answers_whether_it_is_looked_up_or_not(
    part: str, store: ox.Store, counts: Statistics, distinct: str
) -> None:
    for before in (
        "?a a :C . ?a :p ?b .",
        "?a a :C . ?a :p ?b OPTIONAL { ?b :q ?c }",
        "VALUES ?a { :n1 UNDEF } ?a :p ?b .",
        "{ ?a :p :n1 } UNION { ?a :p ?b }",
    ):
        text = PROLOGUE + f"SELECT {distinct}?a ?b ?c WHERE {{ {before} {part} }}"
        rewritten = rewrite(text, counts)
        assert answer(store, rewritten.text) == answer(store, text), rewritten.text


@pytest.mark.parametrize("part", _LOOKED_UP)
def test_part_that_goes_on_after_its_triples_is_looked_up(part: str) -> None:
    assert f"LATERAL {{ {part[:5]}" in rewrite(PROLOGUE + f"SELECT * {{ ?a a :C . ?a :p ?b . {part} }}", BIG).text


@pytest.mark.parametrize("barrier", ["OPTIONAL { ?b :q ?c }", "MINUS { ?b :q ?c }", "BIND(STR(?b) AS ?c)"])
@pytest.mark.parametrize("part", ["VALUES ?a { :n1 :n2 }", "{ ?a :r :n1 } UNION { ?a :r :n2 }"])
def test_what_says_more_of_the_same_is_joined_before_anything_else(barrier: str, part: str) -> None:
    text = rewrite(PROLOGUE + f"SELECT * {{ ?a :p ?b . ?b :r ?d {barrier} {part} }}", BIG).text
    assert text.index(":n2") < text.index(barrier[:4])


def test_part_after_optional_is_looked_up_where_little_stands_before_it() -> None:
    part = "{ ?b :q ?c . ?c :p ?l } UNION { ?b :r ?c . ?c :q ?l }"
    few, many = "?a a :C . ?a :p ?b", "?a a :D . ?a :p ?b"
    texts = [rewrite(PROLOGUE + f"SELECT * {{ {a} OPTIONAL {{ ?a :r ?l }} {part} }}", BIG).text for a in (few, many)]
    assert ["LATERAL { { ?b :q ?c" in text for text in texts] == [True, False]


@pytest.mark.parametrize("part", _NOT_LOOKED_UP + _OUT_OF_SCOPE)
def test_part_that_would_see_the_difference_is_not_looked_up(part: str) -> None:
    assert f"LATERAL {{ {part[:5]}" not in rewrite(PROLOGUE + f"SELECT * {{ ?a a :C . ?a :p ?b . {part} }}", BIG).text


_WIDE = "{ ?a :p ?x . ?b :q ?x }"


@pytest.mark.parametrize(
    "text",
    [f"ASK {_WIDE}", f"SELECT * {_WIDE} LIMIT 20", f"CONSTRUCT {{ ?a :p ?b }} WHERE {_WIDE} LIMIT 20 OFFSET 10"],
    ids=["ask", "select", "construct"],
)
def test_where_a_few_solutions_are_enough_nothing_is_gone_through_before_the_first(text: str) -> None:
    assert "{ SELECT * {" not in rewrite(PROLOGUE + text, WIDE).text


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {_WIDE}",
        f"SELECT * {_WIDE} LIMIT 10000000",
        f"SELECT * {_WIDE} ORDER BY ?b LIMIT 20",
        f"SELECT (COUNT(*) AS ?n) {_WIDE} LIMIT 20",
        f"SELECT ?a (COUNT(*) AS ?n) {_WIDE} GROUP BY ?a LIMIT 20",
        f"SELECT * {{ {_WIDE[1:-1]} {{ SELECT DISTINCT ?x {{ ?y :r ?x }} }} }} LIMIT 20",
    ],
    ids=["all", "many", "ordered", "counted", "grouped", "beside-a-subselect"],
)
def test_where_all_solutions_are_needed_they_are_joined_at_once(text: str) -> None:
    assert "{ SELECT * {" in rewrite(PROLOGUE + text, WIDE).text


def test_subselect_of_everything_is_not_taken_for_a_small_one() -> None:
    where = "{ ?a :p ?b . ?b :q ?c . { SELECT * { ?x ?y ?c } } }"
    assert "existence" not in rewrite(PROLOGUE + f"SELECT (COUNT(DISTINCT ?x) AS ?n) {where}", WIDE).applied


def test_class_as_the_value_of_any_property_is_no_rare_thing() -> None:
    counts = Statistics(10**6, 10**5, {SPACE + "p": Counts(10**5, 10**5, 20_000)}, {SPACE + "C": 80_000})
    text = rewrite(PROLOGUE + "SELECT * { ?a ?x :C . ?a :p :n1 }", counts).text
    assert text.index(":p :n1") < text.index("?x :C")


def test_pattern_in_a_small_graph_is_not_taken_for_one_in_everything() -> None:
    everything = {SPACE + name: Counts(100_000, 50_000, 1_000) for name in "pqr"}
    counts = Statistics(300_000, 100_000, everything, {}, {SPACE + "small": 500, SPACE + "large": 290_000})
    text = PROLOGUE + "SELECT * { GRAPH ?g { ?a :p ?b } ?b :q ?c . GRAPH :small { ?c :r ?d } }"
    small = rewrite(text, counts).text
    assert small.index("?c :r ?d") < small.index("?b :q ?c") < small.index("?a :p ?b")
    large = rewrite(text.replace(":small", ":large"), counts).text
    assert large.index("?b :q ?c") < large.index("?c :r ?d")


@pytest.mark.parametrize(
    ("where", "first", "then"),
    [
        ("?a :p :n1 { GRAPH ?g { ?a :q ?c } } UNION { GRAPH ?g { ?a :r ?c } }", "?a :p :n1", "LATERAL { { GRAPH ?g"),
        ("?a :p :n1 OPTIONAL { GRAPH ?g { ?b :q ?c . ?a :r ?b } }", "?a :r ?b", "?b :q ?c"),
        ("?a :p :n1 FILTER EXISTS { GRAPH ?g { ?b :q ?c . ?a :r ?b } }", "?a :r ?b", "?b :q ?c"),
    ],
    ids=["union", "optional", "exists"],
)
def test_what_stands_in_a_graph_in_a_part_is_looked_up_by_what_is_bound(where: str, first: str, then: str) -> None:
    text = rewrite(PROLOGUE + f"SELECT * {{ {where} }}", BIG).text
    assert text.index(first) < text.index(then)


@pytest.mark.parametrize(
    ("where", "looked_up"),
    [
        ("?a :q :n1 { ?a :p* ?c } UNION { ?a :r ?c }", True),
        ("?a :q :n1 { ?a :r ?b . ?b :p* ?c } UNION { ?a :r ?c }", True),
        ("?a :q :n1 { ?a :r ?b OPTIONAL { ?b :p* ?c } } UNION { ?a :r ?c }", True),
        ("?c :q :n1 . ?a :r ?c { ?a :p* ?c } UNION { ?a :r ?c }", True),
        ("VALUES ?a { :n1 } { ?a :p* ?c } UNION { ?a :r ?c }", False),
        ("?a :q :n1 { GRAPH :g1 { ?a :p* ?c } } UNION { ?a :r ?c }", False),
    ],
)
def test_path_that_may_be_empty_is_looked_up_where_its_ends_are_nodes_of_the_graph(where: str, looked_up: bool) -> None:
    text = rewrite(PROLOGUE + f"SELECT * {{ {where} }}", BIG).text
    assert ("LATERAL { {" in text) == looked_up, text


def test_a_filter_with_or_is_not_taken_apart() -> None:
    store = ox.Store()
    store.load(f"@prefix : <{SPACE}> . :n1 :p :n2 . :n2 :q :n0 , :n3 . :n0 :p :n2 .".encode(), ox.RdfFormat.TURTLE)
    where = "{ ?a :p ?b . ?b :q ?c FILTER(?a = :n1 || ?b = :n2 && ?c = :n3) }"
    text = PROLOGUE + "SELECT ?a ?b ?c WHERE " + where
    rewritten = rewrite(text, BIG)
    assert rewritten.applied == ("order",)
    assert answer(store, rewritten.text) == answer(store, text)


def test_without_statistics_nothing_happens() -> None:
    text = PROLOGUE + "SELECT * WHERE { ?a :p ?b . ?b a :C }"
    assert rewrite(text, None).text == text


def test_the_rarest_part_comes_first() -> None:
    text = PROLOGUE + "SELECT * WHERE { ?a :p ?b . ?a a :D . ?b a :C }"
    where = rewrite(text, BIG).text.partition("WHERE")[2]
    assert where.index("?b a :C") < where.index("?a :p ?b") < where.index("?a a :D")


def test_an_ordered_subselect_keeps_its_place() -> None:
    text = PROLOGUE + "SELECT * WHERE { { SELECT ?a ?b WHERE { ?a :p ?b } ORDER BY ?b } ?a a :C . ?b a :C }"
    where = rewrite(text, BIG).text.partition("WHERE")[2]
    assert where.index("ORDER BY") < where.index("?a a :C")


def test_deep_nesting_is_given_up() -> None:
    text = PROLOGUE + "SELECT * WHERE " + "{ ?a :p ?b . ?b :q ?c " * 200 + "}" * 200
    assert rewrite(text, BIG).text == text


def test_what_is_crossed_is_gone_through_once_and_not_for_each_row() -> None:
    where = "{ ?a :p :n1 . ?c :q ?d FILTER(CONTAINS(?d, 'x')) }"
    text = rewrite(PROLOGUE + f"SELECT * {where}", WIDE).text
    assert "{ SELECT * { ?c :q ?d . } }" in text
    few = Statistics(10**6, 10**5, {SPACE + name: Counts(10_000, 10_000, 200) for name in "pqr"}, {SPACE + "C": 1})
    assert "{ SELECT * { ?c :q ?d . } }" not in rewrite(PROLOGUE + "SELECT * { ?a a :C . ?c :q ?d }", few).text


def test_crossing_everything_with_everything_holds_nothing_in_memory() -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s . ?t ?u ?v }"
    rewritten = rewrite(text, BIG).text
    assert rewritten.count("SELECT") == 1


def test_unions_in_unions_are_planned_each_a_few_times_only() -> None:
    where = "?b :q ?c . ?c :r ?d"
    for number in range(8):
        where = f"?a{number} :p ?b {{ {where} }} UNION {{ ?b :r ?c OPTIONAL {{ ?c :q ?d }} }}"
    assert "order" in rewrite(PROLOGUE + f"SELECT * {{ {where} }}", BIG).applied


def test_optionals_in_optionals_are_each_looked_at_a_few_times_only() -> None:
    branch = "?b :q ?c OPTIONAL { " * 40 + "?c :r ?d" + " }" * 40
    where = f"?a a :C . ?a :p ?b {{ {branch} }} UNION {{ ?b :r ?c }}"
    assert "order" in rewrite(PROLOGUE + f"SELECT * {{ {where} }}", BIG).applied


@pytest.mark.parametrize(
    "where",
    ["{ ?a :p ?b } UNION { ?a :q ?b . " * 30 + "?a :r ?b" + " }" * 30, " . ".join(f"?a{i} :p ?b" for i in range(3000))],
    ids=["groups", "triples"],
)
def test_what_takes_too_long_to_plan_is_given_up(where: str) -> None:
    text = PROLOGUE + f"SELECT ?a WHERE {{ {where} }}"
    assert rewrite(text, BIG).text == text


def test_statistics_survive_json() -> None:
    assert Statistics.from_json(BIG.to_json()).to_json() == BIG.to_json()
    graphs = Statistics.from_json(replace(BIG, graphs={"urn:g": 3}).to_json()).graphs
    assert graphs == {"urn:g": 3}
    before = Statistics.from_json("[3,2,{},{}]")
    assert (before.total, before.graphs) == (3, {})
    with pytest.raises(ValueError, match="no statistics"):
        Statistics.from_json("[]")
