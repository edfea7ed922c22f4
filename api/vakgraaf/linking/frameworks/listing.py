"""What a list of the EU holds: concepts with an English label, read from CSV (iri, label_en, inScheme) or RDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from rdflib import SKOS, Graph, Literal, URIRef

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.errors import SyntaxProblem, UnreadableInput
from vakgraaf.rdf.formats import Format

_COLUMNS = ("iri", "label_en", "inScheme")


class Listed(NamedTuple):
    """A concept of the list: its IRI, its English label without needless spaces, the scheme that it is in."""

    iri: str
    label: str
    scheme: str


def listed(content: bytes, form: Format | None, name: str) -> tuple[Listed, ...]:
    """The concepts of a file, by IRI; `form` is None for CSV, `name` stands in messages.

    Raises `UnreadableInput` where it is no such list, `SyntaxProblem` where it does not parse.
    """
    found = sorted(set(_from_csv(content, name) if form is None else _from_rdf(content, form, name)))
    if not found:
        raise UnreadableInput(
            f"{name}: hier staan geen begrippen met een Engelse naam in. Is dit een waardelijst van de EU?",
            f"{name}: there are no concepts with an English label in this. Is it a code list of the EU?",
        )
    return tuple(found)


def _from_csv(content: bytes, name: str) -> Iterator[Listed]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{name} is geen UTF-8-tekst.", f"{name} is not UTF-8 text.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise UnreadableInput(
            f"{name}: de kolommen {', '.join(missing)} ontbreken. De eerste regel moet {','.join(_COLUMNS)} zijn.",
            f"{name}: columns {', '.join(missing)} are missing. The first line has to be {','.join(_COLUMNS)}.",
        )
    for row in rows:
        iri, label, scheme = ((row[column] or "").strip() for column in _COLUMNS)
        if not iri.startswith(("http://", "https://")) or not label:
            line = rows.line_num
            raise SyntaxProblem(
                f"{name}, regel {line}: hier hoort een webadres en een Engelse naam te staan.",
                f"{name}, line {line}: a web address and an English label belong here.",
                line,
            )
        yield Listed(iri, " ".join(label.split()), scheme)


def _from_rdf(content: bytes, form: Format, name: str) -> Iterator[Listed]:
    graph = Graph().parse(data=to_ntriples(content, form, "", name), format="nt")
    for concept, label in graph.subject_objects(SKOS.prefLabel):
        scheme = graph.value(concept, SKOS.inScheme)
        if isinstance(label, Literal) and label.language == "en" and isinstance(concept, URIRef) and scheme is not None:
            yield Listed(str(concept), " ".join(label.split()), str(scheme))
