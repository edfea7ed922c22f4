"""Tables as TSV tell of every term the same as tables as JSON."""

from __future__ import annotations

import json

import pyoxigraph as ox

from vakgraaf.engine.tsv import triples_of

ODD = """PREFIX x: <http://x/> INSERT DATA { x:a x:p x:z, _:b, 5, -5, 0.5, 1e0,
  "NaN"^^<http://www.w3.org/2001/XMLSchema#double>,
  true, "", " ", "nl"@nl-BE, "een\\ttab\\nen \\"meer\\" \\\\n \\r", "\\b\\f", "é \\u2028 '", "<geen iri>", "_:geen",
  "5", "2011"^^<http://www.w3.org/2001/XMLSchema#gYear>, "{}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .
  _:b x:p "van een naamloze" }"""


def test_every_term_is_read_as_json_has_it() -> None:
    store = ox.Store()
    store.update(ODD)
    tsv, as_json = (
        store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o").serialize(format=form) or b""
        for form in (ox.QueryResultsFormat.TSV, ox.QueryResultsFormat.JSON)
    )
    expected = [
        (row["s"]["value"], row["p"]["value"], row["o"]["type"], row["o"]["value"], row["o"].get("xml:lang"))
        for row in json.loads(as_json)["results"]["bindings"]
    ]
    found = triples_of(tsv)
    assert len(found) == 20
    assert [(s, p, o.kind, o.text, o.language) for s, p, o in found] == expected
    datatypes = {row["o"].get("datatype") for row in json.loads(as_json)["results"]["bindings"]}
    assert {o.datatype for _, _, o in found} == datatypes


def test_rows_in_which_something_is_not_bound_are_left_out() -> None:
    assert triples_of(b"?s\t?p\t?o\n<urn:s>\t\t<urn:o>\n<urn:s>\t<urn:p>\t\n") == []
