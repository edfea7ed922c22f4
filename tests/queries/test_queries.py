"""Every example query keeps to the convention of its README, runs, and has something to say."""

from __future__ import annotations

import json
import re
import time

from rdflib import RDF, RDFS, SDO, SH, XSD, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from vakgraaf.engine import Form, GuardLimits, LocalStore, check
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_TRIPLES, RESULTS_CSV, RESULTS_JSON, Format
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.resources import folder

EXAMPLES = iris.BASE + ".well-known/sparql-examples/"
PREFIX_LINE = re.compile(r"^PREFIX (\w+): <(.+)>$", re.MULTILINE)
SLOWEST_S = 1.0
"""Some hundred times what the slowest takes: this catches a query that crosses two chains, not a busy machine."""


def _form(text: str) -> Form:
    return check(text, GuardLimits()).form


def _answer(store: LocalStore, text: str) -> list[str]:
    """The answer as lines; triples are sorted, as they come in no order."""
    formats: dict[Form, Format] = {Form.SELECT: RESULTS_CSV, Form.ASK: RESULTS_JSON, Form.CONSTRUCT: N_TRIPLES}
    form = _form(text)
    lines = b"".join(store.query(text, formats[form])).decode().splitlines()
    return sorted(lines) if form is Form.CONSTRUCT else lines


def test_there_are_examples_of_every_kind(texts: dict[str, str]) -> None:
    assert len(texts) >= 12
    assert {_form(text) for text in texts.values()} == {Form.SELECT, Form.ASK, Form.CONSTRUCT}


def test_file_name_is_the_slug_in_the_iri(name: str, examples: dict[str, Graph]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert set(examples[name].subjects()) == {URIRef(EXAMPLES + name)}


def test_type_fits_the_form_of_the_query(name: str, examples: dict[str, Graph], texts: dict[str, str]) -> None:
    kind = _form(texts[name]).value
    types = {SH.SPARQLExecutable, SH[f"SPARQL{kind.title()}Executable"]}
    assert set(examples[name].objects(URIRef(EXAMPLES + name), RDF.type)) == types
    assert str(examples[name].value(URIRef(EXAMPLES + name), SH[kind.lower()])) == texts[name]


def test_title_question_and_keywords_are_in_both_languages(name: str, examples: dict[str, Graph]) -> None:
    example = URIRef(EXAMPLES + name)
    for term in (RDFS.label, RDFS.comment, SDO.keywords):
        languages = [value.language for value in examples[name].objects(example, term) if isinstance(value, Literal)]
        assert set(languages) == {"nl", "en"}
        assert term == SDO.keywords or len(languages) == 2
    assert all(str(question).endswith("?") for question in examples[name].objects(example, RDFS.comment))


def test_target_and_prefixes_are_the_project_s(name: str, examples: dict[str, Graph]) -> None:
    example = URIRef(EXAMPLES + name)
    assert list(examples[name].objects(example, SDO.target)) == [URIRef(iris.BASE + "sparql")]
    assert list(examples[name].objects(example, SH.prefixes)) == [URIRef(EXAMPLES + "prefixes")]


def test_questions_and_titles_differ_from_each_other(examples: dict[str, Graph]) -> None:
    for term in (RDFS.label, RDFS.comment):
        texts = [text for graph in examples.values() for text in graph.objects(None, term)]
        assert len(texts) == len(set(texts))


def test_declared_prefixes_are_the_table_and_nothing_else() -> None:
    graph = Graph().parse(folder("data/queries") / "prefixes.ttl")
    declared = {}
    for declaration in graph.objects(URIRef(EXAMPLES + "prefixes"), SH.declare):
        namespace = graph.value(declaration, SH.namespace)
        assert isinstance(namespace, Literal)
        assert namespace.datatype == XSD.anyURI
        declared[str(graph.value(declaration, SH.prefix))] = str(namespace)
    assert declared == PREFIXES
    assert set(graph.subjects(RDF.type, SH.PrefixDeclaration)) == set(graph.objects(None, SH.declare))


def test_query_declares_what_it_uses_as_the_table_has_it(name: str, texts: dict[str, str]) -> None:
    declared = dict(PREFIX_LINE.findall(texts[name]))
    assert declared.items() <= PREFIXES.items()
    body = re.sub(r"<[^>]*>|\"[^\"]*\"|#.*", "", PREFIX_LINE.sub("", texts[name]))
    assert set(re.findall(r"\b(\w+):\w", body)) == set(declared)


def test_query_uses_only_terms_of_the_ontology(name: str, ontology: Graph, texts: dict[str, str]) -> None:
    used = {iris.VG[term] for term in re.findall(r"\bvg:(\w+)", texts[name])}
    assert used <= set(ontology.subjects(RDF.type))


def test_a_second_parser_reads_the_query(name: str, texts: dict[str, str]) -> None:
    prepareQuery(texts[name])


def test_file_is_short_enough_to_read(name: str) -> None:
    assert len((folder("data/queries") / f"{name}.ttl").read_text("utf-8").splitlines()) <= 40


def test_answer_is_not_empty(name: str, store: LocalStore, texts: dict[str, str]) -> None:
    answer = _answer(store, texts[name])
    if _form(texts[name]) is Form.ASK:
        assert json.loads("".join(answer))["boolean"] is True
    else:
        assert len(answer) > (1 if _form(texts[name]) is Form.SELECT else 0)


def test_answer_is_the_same_twice_and_quick(name: str, store: LocalStore, texts: dict[str, str]) -> None:
    first = _answer(store, texts[name])
    start = time.process_time()
    assert _answer(store, texts[name]) == first
    assert time.process_time() - start < SLOWEST_S


def test_no_row_comes_twice(name: str, store: LocalStore, texts: dict[str, str]) -> None:
    if _form(texts[name]) is not Form.SELECT:
        return
    answer = json.loads(b"".join(store.query(texts[name], RESULTS_JSON)))["results"]["bindings"]
    found = [json.dumps(row, sort_keys=True) for row in answer]
    assert len(found) == len(set(found))


def test_an_editor_finds_every_example_with_its_question(store: LocalStore, texts: dict[str, str]) -> None:
    """The question that sparql-editor of SIB asks of an endpoint."""
    query = f"""
        PREFIX sh: <{SH}> PREFIX rdfs: <{RDFS}>
        SELECT DISTINCT ?query WHERE {{
          ?example a sh:SPARQLExecutable ; rdfs:comment ?question ; sh:select|sh:ask|sh:construct ?query }}"""
    answer = json.loads(b"".join(store.query(query, RESULTS_JSON)))["results"]["bindings"]
    assert {row["query"]["value"] for row in answer} == set(texts.values())
