"""However a file is laid out, every triple is found where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from thoroughness import examples
from vakgraaf.engine.reading import to_ntriples
from vakgraaf.rdf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from vakgraaf.rdf.positions import Spots, places_in
from vakgraaf.resources import folder

BASE = "https://example.org/"
NAMES = {TURTLE: "turtle", N_TRIPLES: "nt", RDF_XML: "xml", JSON_LD: "json-ld", TRIG: "trig", N_QUADS: "nquads"}
Triple = tuple[Node, Node, Node]

things = st.integers(0, 4).map(lambda number: URIRef(f"{BASE}ding/{number}"))
predicates = st.sampled_from([URIRef(f"{BASE}{name}") for name in ("naam", "telt", "wijst-naar", "a.b")])
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters='\n\t"\\é€😀'), max_size=12
)
literals = st.one_of(
    texts.map(Literal),
    texts.map(lambda text: Literal(text, lang="nl")),
    st.integers(-999, 999).map(Literal),
    st.booleans().map(Literal),
    st.sampled_from(["2020-01-01", "1999-12-31"]).map(lambda day: Literal(day, datatype=XSD.date)),
)
graphs = st.lists(st.tuples(things, predicates, st.one_of(things, literals)), min_size=1, max_size=8, unique=True)


class Writer:
    """Writes Turtle as someone in a strange mood would: layout, quotes, prefixes and shorthand at random."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.pick = lambda options: draw(st.sampled_from(options))

    def space(self) -> str:
        return str(self.pick([" ", "\n", "\t ", "\r\n", ' # niets; "hier" .\n', "\n\n  "]))

    def term(self, term: Node) -> str:
        if isinstance(term, URIRef):
            local = term.removeprefix(BASE)
            short = "e:" + local.replace("/", "\\/").replace("-", self.pick(["-", "\\-"]))
            return str(self.pick([f"<{term}>", f"<{local}>", short]))
        assert isinstance(term, Literal)
        if term.datatype in (XSD.integer, XSD.boolean):
            return str(self.pick([str(term), f'"{term}"^^<{term.datatype}>']))
        quotes = self.pick(['"', "'", '"""', "'''"])
        inside = str(term).replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")
        if len(quotes) == 1:
            inside = inside.replace("\n", "\\n").replace("\r", "\\r")
        tail = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
        return f"{quotes}{inside}{quotes}{tail}"

    def file(self, triples: list[Triple]) -> str:
        parts = [self.pick([f"@prefix e: <{BASE}> .", f"PREFIX e: <{BASE}>"]), "\n"]
        last: Triple | None = None
        for triple in triples:
            if last is not None and triple[:2] == last[:2]:
                parts += [self.space(), ",", self.space(), self.term(triple[2])]
            elif last is not None and triple[0] == last[0]:
                parts += [self.space(), ";", self.space(), self.term(triple[1]), self.space(), self.term(triple[2])]
            else:
                end = [] if last is None else [self.space(), ".", self.space()]
                parts += end + [piece for term in triple for piece in (self.term(term), self.space())]
            last = triple
        return "".join([*map(str, parts), self.space(), "."])


@st.composite
def files(draw: st.DrawFn) -> tuple[list[Triple], str]:
    triples: list[Triple] = sorted(draw(graphs))
    return triples, Writer(draw).file(triples)


@given(files())
@settings(max_examples=examples(150), deadline=None)
def test_in_turtle_of_any_layout_the_place_of_a_triple_holds_its_object(file: tuple[list[Triple], str]) -> None:
    _, text = file
    graph = Graph().parse(data=text, format="turtle", publicID=BASE)
    spots = places_in(text.encode(), TURTLE, BASE)
    assert set(spots.triples) == set(graph)
    for (_, _, value), (start, end) in spots.triples.items():
        alone = Graph().parse(
            data=f"@base <{BASE}> . @prefix e: <{BASE}> . <s> <p> {text[start:end]} .", format="turtle"
        )
        assert set(alone.objects()) == {value}


@given(graphs, st.sampled_from([N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS]))
@settings(max_examples=examples(120), deadline=None)
def test_in_every_format_exactly_the_triples_of_the_parser_are_found(triples: list[Triple], form: Format) -> None:
    text = written(triples, form)
    graph = Graph().parse(data=to_ntriples(text.encode(), form, "", "x"), format="nt")
    assert set(places_in(text.encode(), form).triples) == set(graph)


def written(triples: list[Triple], form: Format) -> str:
    """The triples in a format, in a named graph where the format has those."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    if form is TRIG:
        return f"GRAPH <{BASE}graaf> {{\n{graph.serialize(format='nt')}}}"
    if form is N_QUADS:
        return graph.serialize(format="nt").replace(" .\n", f" <{BASE}graaf> .\n")
    return graph.serialize(format=NAMES[form])


@given(graphs, st.sampled_from([None, 0, 3]))
@settings(max_examples=examples(60), deadline=None)
def test_in_json_ld_the_place_of_a_text_holds_that_text(triples: list[Triple], indent: int | None) -> None:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    text = json.dumps(json.loads(graph.serialize(format="json-ld")), indent=indent, ensure_ascii=False)
    spots = places_in(text.encode(), JSON_LD)
    for (_, _, value), (start, end) in spots.triples.items():
        if isinstance(value, Literal):
            written = json.dumps(json.loads(text[start:end]), ensure_ascii=False)
            assert json.dumps(str(value), ensure_ascii=False)[1:-1] in written


@pytest.mark.parametrize("path", sorted(folder("shapes").glob("*.ttl"))[:12], ids=lambda path: path.stem)
def test_in_files_with_blank_nodes_and_lists_all_is_found_as_well(path: Path) -> None:
    graph = Graph().parse(path)
    spots = places_in(path.read_bytes(), TURTLE)
    assert len(spots.triples) == len(graph)
    plain = {triple for triple in graph if not any(isinstance(term, BNode) for term in triple)}
    assert plain <= set(spots.triples)


def found(text: str, form: Format) -> Spots:
    return places_in(text.encode(), form, BASE)


def test_lines_and_columns_count_characters_from_1() -> None:
    spots = found('<s> <p> "é😀" ,\r\n   "b" .', TURTLE)
    spot = spots.find(URIRef(f"{BASE}s"), URIRef(f"{BASE}p"), Literal("b"))
    assert spot is not None
    assert spots.line_and_column(spot[0]) == (2, 4)
    assert spots.line(1) == '<s> <p> "é😀" ,'


def test_what_is_not_there_is_looked_for_by_predicate_then_by_subject_then_where_it_is_pointed_at() -> None:
    text = '<s> <p> "a" ; <q> <o> .'
    spots = found(text, TURTLE)
    s, p, o = (URIRef(BASE + name) for name in "spo")
    assert text[slice(*(spots.find(s, p, Literal("z")) or ()))] == "<p>"
    assert text[slice(*(spots.find(s, URIRef("x:y")) or ()))] == "<s>"
    assert text[slice(*(spots.find(o) or ()))] == "<o>"
    assert spots.find(URIRef("x:nergens")) is None


def test_json_ld_keys_are_expanded_by_the_context_in_the_file() -> None:
    text = """{"@context": {"@vocab": "https://example.org/", "ref": {"@id": "wijst", "@type": "@id"},
        "naam": {"@language": "nl"}, "in": {"@reverse": "https://example.org/bevat"}},
        "@id": "https://example.org/s", "@type": "Ding", "naam": "n", "ref": "https://example.org/o",
        "in": {"@id": "https://example.org/geheel"}, "lijst": {"@list": [1, 2]}}"""
    spots = found(text, JSON_LD)
    graph = Graph().parse(data=to_ntriples(text.encode(), JSON_LD, BASE, "x"), format="nt")
    plain = {triple for triple in graph if not any(isinstance(term, BNode) for term in triple)}
    assert plain <= set(spots.triples)
    assert len(spots.triples) == len(graph)


def test_rdf_xml_of_every_shorthand_is_read() -> None:
    text = """<?xml version="1.0"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/" xml:lang="nl">
      <e:Ding rdf:about="s" e:kort="k"><e:naam>tekst é</e:naam><e:wijst rdf:resource="o"/>
        <e:in rdf:parseType="Resource"><e:naam xml:lang="en">x</e:naam></e:in>
        <e:rij rdf:parseType="Collection"><rdf:Description rdf:about="een"/></e:rij>
        <e:telt rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">7</e:telt></e:Ding></rdf:RDF>"""
    spots = found(text, RDF_XML)
    graph = Graph().parse(data=text, format="xml", publicID=BASE)
    assert len(spots.triples) == len(graph)
    s = URIRef(f"{BASE}s")
    start, end = spots.triples[s, URIRef(f"{BASE}naam"), Literal("tekst é", lang="nl")]
    assert text[start:end] == "tekst é"
    assert spots.subjects[s]
    assert (s, RDF.type, URIRef(f"{BASE}Ding")) in spots.triples


def test_entities_of_an_xml_file_are_not_expanded() -> None:
    text = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert found(text, RDF_XML).triples == {}


def test_brackets_without_end_do_not_stop_the_pass() -> None:
    spots = found('<s> <p> "a" . <t> <q> ' + "[ <r> " * 5000, TURTLE)
    assert (URIRef(f"{BASE}s"), URIRef(f"{BASE}p"), Literal("a")) in spots.triples


@given(st.text(alphabet="<>\"'[](){}.,;:@^_ae1\\ \n#", max_size=60), st.sampled_from(list(NAMES)))
@settings(max_examples=examples(200), deadline=None)
def test_nonsense_is_stepped_over(text: str, form: Format) -> None:
    found(text, form)
