"""What a format cannot hold as it is: it is written as the format has it, or refused, and never wrong."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph
from rdflib.compare import isomorphic

from vakgraaf.engine.csv_table import CsvTable
from vakgraaf.engine.serialising import write_statements
from vakgraaf.errors import NotExpressible


def _csv(client: httpx.Client, query: str) -> list[list[str]]:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return list(csv.reader(StringIO(answer.text, newline="")))


def test_csv_has_one_field_for_each_variable_whatever_the_terms(client: httpx.Client) -> None:
    values = (
        '(<http://dbpedia.org/resource/Washington,_D.C.> "x")'
        ' (<<( <a:a> <a:b> "x,\\"y\\"" )>> "a,\\"b\\"\\r\\n\\t\\\\c")'
        ' (UNDEF "é"@nl) (1.50 <a:b>) (true "")'
    )
    found = _csv(client, f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert found == [
        ["a", "b"],
        ["http://dbpedia.org/resource/Washington,_D.C.", "x"],
        ['<<( <a:a> <a:b> "x,\\"y\\"" )>>', 'a,"b"\r\n\t\\c'],
        ["", "é"],
        ["1.5", "a:b"],
        ["true", ""],
    ]


@given(st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]))] * 2), max_size=5))
def test_csv_tells_what_tsv_tells(rows: list[tuple[str, str]]) -> None:
    """Written in any pieces."""
    output = BytesIO()
    table = CsvTable(output)
    values = " ".join(f"({ox.Literal(one)} {ox.Literal(other)})" for one, other in rows)
    solutions = ox.Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}")
    tsv = solutions.serialize(format=ox.QueryResultsFormat.TSV)
    assert isinstance(tsv, bytes)
    for byte in tsv:
        table.write(bytes([byte]))
    whole = BytesIO()
    CsvTable(whole).write(tsv)
    assert output.getvalue() == whole.getvalue()
    read = list(csv.reader(StringIO(output.getvalue().decode(), newline="")))
    assert read == [["x", "y"], *map(list, rows)]


@pytest.mark.parametrize("kind", ["application/sparql-results+xml", "application/rdf+xml"])
def test_xml_keeps_a_carriage_return(client: httpx.Client, kind: str) -> None:
    head = "SELECT ?o" if "results" in kind else "CONSTRUCT { <a:a> <a:b> ?o }"
    query = f'{head} WHERE {{ VALUES ?o {{ "a\\rb\\r\\nc" }} }}'
    answer = client.get("/sparql", params={"query": query}, headers={"accept": kind})
    assert "a\rb\r\nc" in [element.text for element in ElementTree.fromstring(answer.content).iter()]


@pytest.mark.parametrize("kind", ["application/sparql-results+xml", "application/rdf+xml"])
@pytest.mark.parametrize("escape", ["\\u0001", "\\u0000", "\\u000B", "\\uFFFE", "\\uFFFF"])
def test_character_that_xml_has_not_is_406_and_no_broken_document(client: httpx.Client, kind: str, escape: str) -> None:
    head = "SELECT ?o" if "results" in kind else "CONSTRUCT { <a:a> <a:b> ?o }"
    query = f'{head} WHERE {{ VALUES ?o {{ "a{escape}b" }} }}'
    answer = client.get("/sparql", params={"query": query}, headers={"accept": kind})
    assert answer.status_code == 406
    assert f"U+{escape[2:]}" in answer.json()["detail"]
    assert client.get("/sparql", params={"query": query}).status_code == 200


_RESERVED = [f"{RDF}{name}" for name in ("li", "Description", "about", "RDF")]
_NAMELESS = ["http://e/1", "http://e/", "http://e/r(1)", "urn:isbn:12", "http://e/a:", "http://www.w3.org/2000/xmlns/a"]


@pytest.mark.parametrize("predicate", [*_NAMELESS, *_RESERVED])
def test_what_has_no_element_in_rdf_xml_is_406_and_comes_in_turtle(client: httpx.Client, predicate: str) -> None:
    params = {"query": f"CONSTRUCT {{ <a:a> <{predicate}> 1 }} WHERE {{}}"}
    answer = client.get("/sparql", params=params, headers={"accept": "application/rdf+xml"})
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (406, "NotExpressible")
    assert len(Graph().parse(data=client.get("/sparql", params=params).text, format="turtle")) == 1


def test_triple_term_is_406_in_json_ld_and_comes_in_turtle(client: httpx.Client) -> None:
    params = {"query": "CONSTRUCT { <a:a> <a:b> <<( <a:a> <a:b> 1 )>> } WHERE {}"}
    answer = client.get("/sparql", params=params, headers={"accept": "application/ld+json"})
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (406, "NotExpressible")
    assert client.get("/sparql", params=params).status_code == 200


@given(st.text(st.sampled_from("aé1-._:/(·\u0300\u037e"), min_size=1, max_size=8), st.booleans())
def test_rdf_xml_is_read_as_it_was_meant_or_refused(end: str, is_class: bool) -> None:
    iri = ox.NamedNode(f"http://e/{end}")
    triple = ox.Triple(ox.NamedNode("http://e/s"), ox.NamedNode(str(RDF.type)), iri)
    if not is_class:
        triple = ox.Triple(triple.subject, iri, ox.NamedNode("http://e/o"))
    output = BytesIO()
    try:
        write_statements([triple], output, "application/rdf+xml")
    except NotExpressible:
        assert not re.search(r"[aé][aé1.·\u0300-]*$", end), "it ends in a name"
        return
    found = [tuple(map(str, one)) for one in Graph().parse(data=output.getvalue(), format="xml")]
    assert found == [(triple.subject.value, triple.predicate.value, triple.object.value)]


_LABELS = st.text(st.sampled_from("ab1_:.é"), min_size=1, max_size=4).filter(lambda text: text[0] != "." != text[-1])


@given(st.lists(st.tuples(_LABELS, _LABELS), min_size=1, max_size=6, unique=True))
def test_blank_nodes_have_names_in_rdf_xml_whatever_their_labels(pairs: list[tuple[str, str]]) -> None:
    """A label may begin with a digit, an XML name may not; two nodes stay two."""
    names = [(ox.BlankNode(one), ox.NamedNode("http://e/p"), ox.BlankNode(other)) for one, other in pairs]
    output = BytesIO()
    write_statements([ox.Triple(*one) for one in names], output, "application/rdf+xml")
    expected = Graph().parse(data="".join(f"{one} {p} {other} .\n" for one, p, other in _numbered(names)), format="nt")
    assert isomorphic(Graph().parse(data=output.getvalue(), format="xml"), expected)


def _numbered(triples: list[tuple[ox.BlankNode, ox.NamedNode, ox.BlankNode]]) -> list[tuple[str, str, str]]:
    """With labels that every parser reads."""
    nodes = {node: f"_:n{n}" for n, node in enumerate({node for one, _, other in triples for node in (one, other)})}
    return [(nodes[one], str(predicate), nodes[other]) for one, predicate, other in triples]
