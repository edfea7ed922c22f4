"""`/def` and `/shapes`: what the words mean and what data must look like, as data or as a readable list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, select
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.describe import Labels, labels_of, preferred
from vakgraaf.web.forms import Wanted, links, wanted
from vakgraaf.web.openapi import readable
from vakgraaf.web.pages import render
from vakgraaf.web.routes import reads
from vakgraaf.web.wording import marked

router = APIRouter()
_VERSION = iris.ONTOLOGY_VERSION


class Vocabulary(NamedTuple):
    """One of the two documents of terms: its path, its graph, the namespace of its terms, its name."""

    path: str
    graph: str
    namespace: str
    title: str


_DEFINITIONS = Vocabulary("def", str(iris.graph("ontology")), str(iris.VG), marked("Ontologie"))
_SHAPES = Vocabulary("shapes", str(iris.graph("shapes")), str(iris.VGS), marked("Shapes (SHACL)"))


@dataclass(frozen=True, slots=True)
class Term:
    """One class, property or shape, ready to be read: its texts in the language of the page, its relations as IRIs."""

    iri: str
    anchor: str
    label: Value | None
    texts: tuple[tuple[str, Value], ...]
    relations: tuple[tuple[str, tuple[str, ...]], ...]
    status: str


# The version of the ontology is one of the two names of the same document, for as long as there is one version.
@reads(router, "/def", f"/def/{_VERSION}", "/def.{extension}", f"/def/{_VERSION}.{{extension}}", described=readable())
async def definitions(request: Request) -> Response:
    """The ontology."""
    return await _vocabulary(request, _DEFINITIONS)


@reads(
    router,
    "/shapes",
    f"/shapes/{_VERSION}",
    "/shapes.{extension}",
    f"/shapes/{_VERSION}.{{extension}}",
    described=readable(),
)
async def shapes(request: Request) -> Response:
    """The shapes."""
    return await _vocabulary(request, _SHAPES)


async def _vocabulary(request: Request, vocabulary: Vocabulary) -> Response:
    extension = request.path_params.get("extension", "")
    want: Wanted = wanted(request, f"{vocabulary.path}.{extension}" if extension else vocabulary.path)
    engine = engine_of(request)
    headers = validators(request, want.media_type, want.language if want.form is None else "")
    if (same := unchanged(request, headers)) is not None:
        return same
    if want.form is not None:
        answer = await answered(request, engine.dump(vocabulary.graph, want.form))
        return AnswerResponse(answer, want.form.content_type, headers)
    terms, labels = await _terms(engine, vocabulary, want.language)
    return render(
        request,
        "terms.html",
        want.language,
        headers,
        vocabulary=vocabulary,
        terms=terms,
        labels=labels,
        formats=links(f"{request.scope.get('root_path', '')}/{vocabulary.path}"),
    )


async def _terms(engine: Engine, vocabulary: Vocabulary, language: str) -> tuple[list[Term], Labels]:
    """Every term of the vocabulary's own namespace, by name, classes (upper case) before properties."""
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?t ?p ?o WHERE {{ GRAPH {iri(vocabulary.graph)} {{ ?t ?p ?o }}
  FILTER (STRSTARTS(STR(?t), "{vocabulary.namespace}")) }}""",
    )
    statements: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        statements[row["t"].text][row["p"].text].append(row["o"])
    terms = [_term(t, found, vocabulary.namespace, language) for t, found in sorted(statements.items())]
    near = {value for term in terms for _, values in term.relations for value in values}
    near |= {name for term in terms for name, _ in (*term.relations, *term.texts)}
    return terms, await labels_of(engine, near, language)


def _term(term: str, found: dict[str, list[Value]], namespace: str, language: str) -> Term:
    texts, relations = [], []
    for name, values in sorted(found.items()):
        if name in _APART:
            continue
        literals = [v for v in values if v.kind == "literal"]
        nodes = tuple(sorted(v.text for v in values if v.kind == "uri"))
        if literals:
            texts.append((name, preferred(literals, language)))
        if nodes:
            relations.append((name, nodes))
    label = found.get(_LABEL)
    status = found.get(_STATUS)
    return Term(
        iri=term,
        anchor=term.removeprefix(namespace),
        label=preferred(label, language) if label else None,
        texts=tuple(texts),
        relations=tuple(relations),
        status=status[0].text if status else "",
    )


_LABEL = PREFIXES["rdfs"] + "label"
_STATUS = PREFIXES["vs"] + "term_status"
_APART = (_LABEL, _STATUS, PREFIXES["rdfs"] + "isDefinedBy")
