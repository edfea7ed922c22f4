"""What another server answered, as a table whose cells are SPARQL text. Pure Python: whoever answers is a stranger.

The engine is asked only whether it takes an IRI and a language: what it does not take is the fault of who answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox

from vakgraaf.rdf.names import BASE

Row = Mapping[str, str]

_DEEPEST = 20
_NS = "{http://www.w3.org/2005/sparql-results#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_DIRECTION = "{http://www.w3.org/2005/11/its}dir"
_DIRECTIONS = ("ltr", "rtl")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_SPECIAL = re.compile(r'[\\"\n\r]')


@dataclass(frozen=True, slots=True)
class Table:
    """The variables of a result, without sigil, and its rows; a variable that is unbound is not in its row."""

    variables: Sequence[str]
    rows: Sequence[Row]


class NotATable(ValueError):
    """These bytes are no result of a SELECT query."""


def read(body: bytes, media_type: str, blank: str) -> Table:
    """A result in JSON or XML (SPARQL 1.1 Query Results). `blank` makes its blank nodes differ from all others.

    Raises `NotATable`.
    """
    try:
        if media_type.endswith("json"):
            return _json(json.loads(body), blank)
        return _xml(body, blank)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, ElementTree.ParseError) as error:
        raise NotATable(str(error)) from error


def skolem(blank: str, label: str) -> str:
    """The IRI that stands for a blank node of another server (RDF 1.1 §3.5): a VALUES clause can hold no blank node."""
    return f"<{BASE}.well-known/genid/{blank}/{quote(label, safe='')}>"


def written(variables: Sequence[str], rows: Iterable[Row]) -> str:
    """The rows of a VALUES clause (SPARQL 1.1 §10.2) on one line."""
    return " ".join("(" + " ".join(row.get(name, "UNDEF") for name in variables) + ")" for row in rows)


def term(cell: Mapping[str, Any], blank: str = "") -> str:
    """A term of a result in JSON (SPARQL 1.1 Query Results JSON §3.2.2) as SPARQL has it. Raises `NotATable`."""
    return _term(cell, blank, 0)


def _json(document: Any, blank: str) -> Table:
    variables = [str(name) for name in document["head"]["vars"]]
    rows = [
        {name: term(cell, blank) for name, cell in row.items() if cell is not None}
        for row in document["results"]["bindings"]
    ]
    return Table(variables, rows)


def _term(cell: Any, blank: str, depth: int) -> str:
    kind, value = cell["type"], cell["value"]
    if kind == "triple":
        if depth == _DEEPEST:
            raise NotATable("triples in triples, too deep")
        if value["subject"]["type"] not in ("uri", "bnode") or value["predicate"]["type"] != "uri":
            raise NotATable("a triple that is none")  # RDF 1.2 Concepts §3.1
        parts = [_term(value[part], blank, depth + 1) for part in ("subject", "predicate", "object")]
        return f"<<( {' '.join(parts)} )>>"
    if kind == "uri":
        return _iri(value)
    if kind == "bnode":
        return skolem(blank, value)
    if kind not in ("literal", "typed-literal"):
        raise NotATable(f"a term of type {kind}")
    return _literal(value, cell.get("xml:lang"), cell.get("its:dir"), cell.get("datatype"))


def _xml(body: bytes, blank: str) -> Table:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise NotATable("a result has no document type")  # nor entities, which can grow without end
    root = ElementTree.fromstring(body)
    head, results = root.find(f"{_NS}head"), root.find(f"{_NS}results")
    if head is None or results is None:
        raise NotATable("no head or no results")
    variables = [variable.attrib["name"] for variable in head.iter(f"{_NS}variable")]
    rows = [
        {b.attrib["name"]: _element(b[0], blank) for b in result.iter(f"{_NS}binding")}
        for result in results.iter(f"{_NS}result")
    ]
    return Table(variables, rows)


def _element(element: ElementTree.Element, blank: str) -> str:
    text = element.text or ""
    if element.tag == f"{_NS}uri":
        return _iri(text)
    if element.tag == f"{_NS}bnode":
        return skolem(blank, text)
    if element.tag != f"{_NS}literal":
        raise NotATable(f"a term of type {element.tag}")
    return _literal(text, element.get(_LANGUAGE), element.get(_DIRECTION), element.get("datatype"))


def _iri(text: str) -> str:
    if not _IRI.fullmatch(text):
        raise NotATable(f"not an IRI: {text[:100]}")
    ox.NamedNode(text)
    return f"<{text}>"


_datatype = lru_cache(maxsize=256)(_iri)


@lru_cache(maxsize=256)
def _tag(language: str, direction: str | None) -> str:
    """A language and a base direction (SPARQL 1.2 Query Results JSON §3.2.2) behind a text."""
    if not _TAG.fullmatch(language) or (direction and direction not in _DIRECTIONS):
        raise NotATable(f"not a language tag: {language[:100]} {(direction or '')[:100]}")
    ox.Literal("", language=language)
    return f"@{language}--{direction}" if direction else f"@{language}"


def _literal(text: str, language: str | None, direction: str | None, datatype: str | None) -> str:
    text.encode()  # half a character (U+D800 to U+DFFF alone) is none
    quoted = '"' + _SPECIAL.sub(lambda match: _ESCAPED[match[0]], text) + '"'
    if language:
        return quoted + _tag(language, direction)
    return f"{quoted}^^{_datatype(datatype)}" if datatype else quoted
