"""What is wrong with a query of which every token fits, and where."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from vakgraaf.sparql.faults import Wrong, first_fault
from vakgraaf.sparql.parsing import parse

# What is between the signs is the token at which it is.
FAULTY = [
    ("SELECT (1 AS ?x) (2 AS «?x») { ?s ?p ?o }", Wrong.IN_USE),
    ("SELECT * { ?s ?p ?o . BIND(1 AS «?o») }", Wrong.IN_USE),
    ("SELECT * { ?s ?p ?o { ?a ?b ?c BIND(?a AS «?b») } }", Wrong.IN_USE),
    ("SELECT (?y AS «?x») { ?x ?p ?y }", Wrong.IN_USE),
    ("ASK { FILTER EXISTS { ?s ?p ?o BIND(1 AS «?s») } }", Wrong.IN_USE),
    ("SELECT «?s»\n (COUNT(?o) AS ?n)\nWHERE {?s ?p ?o}", Wrong.NOT_GROUPED),
    ("ASK { { SELECT ?p «?s» (COUNT(?o) AS ?n) {?s ?p ?o} GROUP BY ?p } }", Wrong.NOT_GROUPED),
    ("SELECT «?s» { ?s ?p ?o } ORDER BY COUNT(?p)", Wrong.NOT_GROUPED),
    ("SELECT (STR(?p) AS ?x) (COUNT(?s) + (STRLEN(«?s»)) AS ?n) { ?s ?p ?o } GROUP BY ?p", Wrong.NOT_GROUPED),
    ("SELECT ?x «?x» { BIND(1 AS ?x) }", Wrong.TWICE),
    ("SELECT «*» { ?s ?p ?o } GROUP BY ?s", Wrong.STAR),
    ("ASK { ?s ?p ?o } HAVING(«COUNT»(*) > 1)", Wrong.AGGREGATE),
    ("CONSTRUCT { ?s ?s 1 } { ?s ?p ?o } GROUP BY ?s ORDER BY DESC(«MAX»(?o))", Wrong.AGGREGATE),
    ("DESCRIBE ?s { ?s ?p ?o } GROUP BY ?s HAVING («COUNT»(*) > 1)", Wrong.AGGREGATE),
    ("SELECT * { ?s ?p ?o FILTER(«COUNT»(?s) > 1) }", Wrong.PLACE),
]
SOUND = [
    "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?o) > 1) ORDER BY DESC(COUNT(?o))",
    "SELECT (COUNT(DISTINCT ?o) AS ?n) (MAX(?o) AS ?m) { ?s ?p ?o }",
    "SELECT ?x (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (STR(?s) AS ?x)",
    "SELECT (GROUP_CONCAT(STR(?o); SEPARATOR=', ') AS ?t) (STRLEN(?p) AS ?l) { ?s ?p ?o } GROUP BY ?p",
    "SELECT * { { ?s ?p ?o } BIND(1 AS ?x) OPTIONAL { ?s ?q ?z BIND(2 AS ?y) } }",
    "SELECT * { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } ?s ?p ?n }",
    "ASK { ?s ?p ?o FILTER EXISTS { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING (COUNT(*) > 1) } }",
    "SELECT (1 AS ?one) ?s { ?s ?p ?o MINUS { ?a ?b ?c BIND(1 AS ?one) } }",
]


@pytest.mark.parametrize(("text", "wrong"), FAULTY)
def test_fault_is_found_at_the_token_that_is_wrong(text: str, wrong: Wrong) -> None:
    start, end = text.index("«"), text.index("»") - 1
    text = text.replace("«", "").replace("»", "")
    found = first_fault(parse(text))
    assert found is not None
    assert (found.wrong, found.start, found.end) == (wrong, start, end)
    with pytest.raises(SyntaxError):
        ox.Store().query(text)


@pytest.mark.parametrize("text", SOUND)
def test_query_that_the_engine_takes_has_no_fault(text: str) -> None:
    ox.Store().query(text)
    assert first_fault(parse(text)) is None
