"""Is everything that ships sound: the ontology, the shapes, the example queries, the graphs and what they refer to?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, SH, Graph, URIRef

from vakgraaf.engine import GuardLimits, LocalStore, check
from vakgraaf.engine.guard import Form
from vakgraaf.rdf.formats import N_TRIPLES, RESULTS_TSV
from vakgraaf.rdf.iris import BASE
from vakgraaf.resources import folder
from vakgraaf.validation.consistency import check_consistency, check_profile
from vakgraaf.validation.shapes import lint, packaged_context, packaged_shapes

_FORMS = (SH.select, SH.ask, SH.construct, URIRef("https://purl.expasy.org/sparql-examples/ontology#describe"))


@dataclass(frozen=True)
class Checked:
    """One check: what was looked at, whether it is good, and a sentence about it in the language asked for."""

    what: str
    good: bool
    message: str


def check_everything(store: LocalStore, language: str = "nl") -> Iterator[Checked]:
    """Every check in turn, the slow ones last. Raises `MissingTool` where Java is needed and is not there."""
    ontology = packaged_context()
    problems = check_profile(ontology, language)
    yield _checked("OWL 2 DL", problems, language)
    flaws = tuple(f"{flaw.shape}: {flaw.en if language == 'en' else flaw.nl}" for flaw in lint(packaged_shapes()))
    yield _checked("shapes", flaws, language)
    yield _checked("data/queries", tuple(empty_queries(store)), language)
    yield _checked("links", tuple(dangling_links(store)), language)
    verdict = check_consistency(ontology)
    yield Checked("HermiT", verdict.good, verdict.message(language))


def example_queries(graph: Graph) -> Iterator[tuple[URIRef, str]]:
    """The example queries of a graph (SHACL's vocabulary for executable SPARQL): IRI and text, sorted by IRI."""
    for iri in sorted(set(graph.subjects(RDF.type, SH.SPARQLExecutable)), key=str):
        for form in _FORMS:
            for text in graph.objects(iri, form):
                if isinstance(iri, URIRef):
                    yield iri, str(text)


def empty_queries(store: LocalStore) -> Iterator[str]:
    """The example queries that come back without a single row."""
    for iri, text in example_queries(packaged_queries()):
        form = check(text, GuardLimits()).form
        answer = b"".join(store.query(text, N_TRIPLES if form.gives_graph else RESULTS_TSV)).decode()
        rows = answer.strip().splitlines()
        # A table has a line of names above its rows; ASK has its answer alone.
        if (form is Form.ASK and rows == ["false"]) or len(rows) < (2 if form is Form.SELECT else 1):
            yield str(iri)


_DANGLING = """
SELECT DISTINCT ?thing WHERE {
  ?subject ?predicate ?thing
  FILTER(ISIRI(?thing) && STRSTARTS(STR(?thing), "%s"))
  MINUS { ?thing a ?type }
} ORDER BY ?thing
"""


def dangling_links(store: LocalStore) -> Iterator[str]:
    """Things of our own that something refers to and nothing describes."""
    text = _DANGLING % (BASE + "id/")
    answer = b"".join(store.query(text, RESULTS_TSV)).decode()
    yield from answer.splitlines()[1:]


def packaged_queries() -> Graph:
    """The example queries that ship, in one graph."""
    graph = Graph()
    for path in sorted(folder("data/queries").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def _checked(what: str, problems: tuple[str, ...], language: str) -> Checked:
    good = {"nl": "in orde", "en": "good"}["en" if language == "en" else "nl"]
    return Checked(what, not problems, "; ".join(problems) or good)
