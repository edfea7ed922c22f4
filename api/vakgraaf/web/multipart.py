"""The files of a form (RFC 7578), each a part of the same graph."""

from __future__ import annotations

from vakgraaf.engine import Document
from vakgraaf.rdf.formats import GRAPH_FORMATS, Format, by_extension, named
from vakgraaf.web.content_types import media_type_of, require_utf_8
from vakgraaf.web.form_parts import Part, parts_of
from vakgraaf.web.problems import HttpProblem


def files_of(body: bytes, kind: str, base: str) -> list[Document]:
    """The files, with relative IRIs relative to `base`.

    Raises `HttpProblem` 400 for no form or half of one, and 415 for a file of unknown type or in another charset than
    UTF-8.
    """
    return [_file(part, base) for part in parts_of(body, kind)]


def _file(part: Part, base: str) -> Document:
    name = part.file or part.name or "?"
    require_utf_8(part.kind)
    return Document(part.content, _form(part, name), base, name)


def _form(part: Part, name: str) -> Format:
    form = named(media_type_of(part.kind), GRAPH_FORMATS) or by_extension(name, GRAPH_FORMATS)
    if form is None:
        raise HttpProblem(
            415,
            f"{name}: zeg in Content-Type wat voor bestand dit is.",
            f"{name}: say in Content-Type what kind of file this is.",
        )
    return form
