"""Random small graphs, random statistics and random queries that meet each other often."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
from hypothesis import strategies as st

from vakgraaf.sparql.statistics import Counts, Statistics

SPACE = "http://example.org/"
PROLOGUE = f"PREFIX : <{SPACE}>\n"
_NODES = [f":n{i}" for i in range(4)]
_PREDICATES = [":p", ":q", ":r"]
_CLASSES = [":C", ":D"]
_LITERALS = ['"C"', '"x"@nl', "1", '"1"']
_VARIABLES = ["?a", "?b", "?c", "?d"]

nodes = st.sampled_from(_NODES)
variables = st.sampled_from(_VARIABLES)


@st.composite
def triples(draw: st.DrawFn) -> str:
    """One triple of the data."""
    if draw(st.integers(0, 3)) == 0:
        return f"{draw(nodes)} a {draw(st.sampled_from(_CLASSES))} ."
    value = draw(st.sampled_from(_NODES * 2 + _LITERALS))
    return f"{draw(nodes)} {draw(st.sampled_from(_PREDICATES))} {value} ."


@st.composite
def stores(draw: st.DrawFn) -> ox.Store:
    """A default graph and two named ones."""
    store = ox.Store()
    prologue = f"@prefix : <{SPACE}> .\n"
    for name, most in ((None, 14), ("g1", 7), ("g2", 7)):
        text = prologue + "\n".join(draw(st.lists(triples(), max_size=most)))
        graph = None if name is None else ox.NamedNode(SPACE + name)
        store.load(text.encode(), ox.RdfFormat.TURTLE, to_graph=graph)
    return store


@st.composite
def statistics(draw: st.DrawFn) -> Statistics:
    """Any numbers: they may choose another order, never another answer."""
    number = st.sampled_from([0, 1, 5, 100, 3000, 200_000])
    counts = {SPACE + p[1:]: Counts(draw(number), draw(number), draw(number)) for p in _PREDICATES}
    classes = {SPACE + c[1:]: draw(number) for c in _CLASSES}
    graphs = {SPACE + name: draw(number) for name in ("g1", "g2")}
    return Statistics(draw(number), draw(number), counts, classes, graphs)


_ends = st.sampled_from(_VARIABLES * 3 + _NODES)
_values = st.sampled_from(_VARIABLES * 3 + _NODES + _LITERALS)
_verbs = st.sampled_from([*(_PREDICATES * 4), ":p/:q", "^:p", ":p|:q", ":p/^:q/:r", ":q+", ":p*", ":r?", "!:p", "?d"])
_conditions = st.sampled_from(
    [
        "?a = :n1",
        "?b IN (:n0, :n2, :n2)",
        f"?b IN (:n0, <{SPACE}n0>)",
        '?c = "C"',
        '?c = "x"@nl',
        """?c IN ("C", 'C', "x"@nl, "x"@NL)""",
        "?a != ?b",
        "BOUND(?c)",
        "!BOUND(?b)",
        'LANG(?c) = "nl"',
        "?c > 0",
        "isIRI(?b) || ?c = 1",
        "sameTerm(?a, ?b)",
        "?b = ?d",
    ]
)


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """One triple pattern."""
    kind = draw(st.integers(0, 11))
    if kind <= 1:
        return f"{draw(_ends)} a {draw(st.sampled_from(_CLASSES))}"
    if kind == 2:
        return f"{draw(variables)} :p [ :q {draw(_values)} ]"
    if kind == 3:
        return f"{draw(variables)} :p {draw(_values)} ; :q {draw(_values)} , {draw(_values)}"
    return f"{draw(_ends)} {draw(_verbs)} {draw(_values)}"


_blocks = st.lists(patterns(), min_size=1, max_size=4).map(lambda found: " . ".join(found) + " .")


@st.composite
def elements(draw: st.DrawFn, depth: int) -> str:
    """One element of a group."""
    kind = draw(st.integers(0, 13 if depth else 4))
    if kind <= 2:
        return draw(_blocks)
    if kind == 3:
        return f"FILTER({' && '.join(draw(st.lists(_conditions, min_size=1, max_size=2)))})"
    if kind == 4:
        values = nodes | st.just("UNDEF")
        if draw(st.booleans()):
            return f"VALUES {draw(variables)} {{ {' '.join(draw(st.lists(values, max_size=3)))} }}"
        pairs = st.tuples(values, values).map(" ".join)
        names = " ".join(draw(st.lists(variables, min_size=2, max_size=2, unique=True)))
        return f"VALUES ({names}) {{ {' '.join(f'({pair})' for pair in draw(st.lists(pairs, max_size=3)))} }}"
    inner = groups(depth - 1)
    if kind == 5:
        return f"OPTIONAL {draw(inner)}"
    if kind == 6:
        return f"{draw(inner)} UNION {draw(inner)}"
    if kind == 7:
        return f"MINUS {draw(inner)}"
    if kind == 8:
        return f"GRAPH {draw(st.sampled_from([':g1', ':g2', '?g', '?d']))} {draw(inner)}"
    if kind <= 10:
        negated = draw(st.sampled_from(["", "NOT "]))
        return f"FILTER {negated}EXISTS {draw(inner)}"
    if kind == 11:
        return f"FILTER({draw(_conditions)} && NOT EXISTS {draw(inner)})"
    if kind == 12:
        return f"{{ {draw(selects(depth - 1))} }}"
    return f"BIND({draw(st.sampled_from(['?a', 'STR(?b)', '1', ':n1']))} AS ?e{draw(st.integers(0, 99))})"


def groups(depth: int) -> st.SearchStrategy[str]:
    """A group; most begin with triples, as most do."""
    several = st.lists(elements(depth), max_size=3)
    return st.tuples(_blocks | st.just(""), several).map(lambda parts: "{ " + " ".join((parts[0], *parts[1])) + " }")


@st.composite
def selects(draw: st.DrawFn, depth: int) -> str:
    """A select of one kind or another."""
    where = draw(groups(depth))
    clause = draw(
        st.sampled_from(
            [
                "*",
                "?a ?b",
                "?a ?c",
                "DISTINCT ?a",
                "DISTINCT ?a ?b",
                "DISTINCT *",
                "(COUNT(*) AS ?n)",
                "(COUNT(DISTINCT ?a) AS ?n)",
                "?b (COUNT(DISTINCT ?a) AS ?n)",
                "?a (COUNT(?b) AS ?n)",
                "?a (MIN(?b) AS ?n)",
            ]
        )
    )
    tail = f" GROUP BY {clause[:2]}" if clause[0] == "?" and "(" in clause else ""
    return f"SELECT {clause} WHERE {where}{tail}"


def queries(depth: int = 2) -> st.SearchStrategy[str]:
    """A whole query."""
    asks = st.builds("ASK {}{}".format, groups(depth), st.sampled_from(["", "", " OFFSET 1", " GROUP BY ?a OFFSET 1"]))
    return st.one_of(selects(depth), selects(depth), selects(depth), asks).map(lambda text: PROLOGUE + text)


def answer(store: ox.Store, text: str, *, union: bool = False) -> Counter[object] | str:
    """The bag of solutions, or that there is none because the query is an error.

    With `union` the default graph is the engine's bag of all graphs, in which a triple stands as often as it is stated.
    """
    try:
        results = store.query(text, use_default_graph_as_union=union)
    except SyntaxError:
        return "error"
    if isinstance(results, ox.QuerySolutions):
        names = [variable.value for variable in results.variables]
        return Counter(
            frozenset((name, str(term)) for name, term in zip(names, row, strict=True) if term is not None)
            for row in results
        )
    if isinstance(results, ox.QueryTriples):
        return Counter(map(str, results))
    return Counter([bool(results)])
