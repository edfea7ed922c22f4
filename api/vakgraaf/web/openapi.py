"""What OpenAPI says of an operation, made of the tables that the code itself goes by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from vakgraaf.errors import VakgraafError
from vakgraaf.rdf.formats import COLUMN_FORMATS, GRAPH_FORMATS, Format
from vakgraaf.web.parameters import FORMAT, FORMAT_PARAMETERS, LANG, Parameter
from vakgraaf.web.problems import STATUS, title_of

Described = dict[str, Any]
"""A part of an OpenAPI document."""

Refusal = type[VakgraafError] | int
"""What may come instead of an answer: a kind of error, or a status of HTTP's own business."""

HTML = "text/html"
_TEXT = {"type": "string"}
_SHAPES: Mapping[str, Described] = {
    "text": _TEXT,
    "iri": _TEXT | {"format": "iri-reference"},
    "flag": _TEXT | {"examples": ["true", "false"]},
}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}, HTML: {"schema": _TEXT}}

COMPONENTS: Described = {
    "schemas": {
        "Problem": {
            "type": "object",
            "description": "What is wrong, where, and what to do about it (RFC 9457), in Dutch or in English.",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": _TEXT | {"format": "uri"},
                "title": _TEXT,
                "status": {"type": "integer"},
                "detail": _TEXT,
                "request": _TEXT | {"description": "The `X-Request-Id` of the request."},
                "line": {"type": ["integer", "null"], "description": "Of a text that does not parse; from 1."},
                "column": {"type": ["integer", "null"]},
                "token": {"type": ["string", "null"], "description": "What does not fit there."},
                "errors": {"type": "array", "items": _TEXT, "description": "Of data that do not conform."},
                "results": {"type": "array", "items": {"type": "object"}},
                "missing": {"type": "array", "items": _TEXT, "description": "What a server waits for."},
            },
        },
    },
    "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
}
DEFAULT: dict[int | str, Described] = {"default": {"description": "A problem.", "content": _PROBLEM}}
"""What every operation may answer."""


def operation(
    *,
    parameters: Iterable[Parameter] = (),
    takes: Described | None = None,
    gives: Described | None = None,
    statuses: Mapping[int, str] | None = None,
    refuses: Iterable[Refusal] = (),
    token: bool = False,
) -> Described:
    """What there is to say of an operation beside what its function says.

    `takes` and `gives` are bodies by media type, `statuses` the good ones beside 200, `token` whether one is needed.
    """
    responses: Described = {str(status): {"description": text} for status, text in (statuses or {}).items()}
    if gives is not None:
        responses["200"] = {"description": "The answer.", "content": gives}
    found: Described = {"responses": responses | problems(refuses)}
    listed = [_parameter(parameter) for parameter in parameters]
    if listed:
        found["parameters"] = listed
    if takes is not None:
        found["requestBody"] = {"required": True, "content": takes}
    if token:
        found["security"] = [{"token": []}]
    return found


def readable(*refuses: Refusal, parameters: Iterable[Parameter] = ()) -> Described:
    """What there is to say of a document that comes as a page and in every format for graphs."""
    return operation(
        parameters=(FORMAT, LANG, *parameters), gives=content(GRAPH_FORMATS, page=True), refuses=(*refuses, 406)
    )


def page() -> Described:
    """What there is to say of what is there to be read only."""
    return operation(parameters=(LANG,), gives={HTML: {"schema": _TEXT}})


def content(formats: Iterable[Format], *, page: bool = False) -> Described:
    """Bodies in each of these formats; with `page` also one to read."""
    found = {f.media_type: {"schema": {} if f in COLUMN_FORMATS else _schema(f.media_type)} for f in formats}
    return found | ({HTML: {"schema": _TEXT}} if page else {})


def form(parameters: Iterable[Parameter], required: Parameter) -> Described:
    """A form (application/x-www-form-urlencoded) of which one field is needed."""
    fields = {parameter.name: _value(parameter) for parameter in parameters}
    return {"schema": {"type": "object", "properties": fields, "required": [required.name]}}


def problems(refuses: Iterable[Refusal]) -> Described:
    """By status, what may be wrong."""
    texts: dict[int, list[str]] = defaultdict(list)
    for refusal in refuses:
        if isinstance(refusal, int):
            texts[refusal].append(HTTPStatus(refusal).phrase)
        else:
            texts[STATUS[refusal]].append(title_of(refusal.__name__, "en"))
    return {
        str(status): {"description": "; ".join(dict.fromkeys(texts[status])), "content": _PROBLEM}
        for status in sorted(texts)
    }


def _parameter(parameter: Parameter) -> Described:
    found = {"name": parameter.name, "in": "query", "description": parameter.text, "schema": _value(parameter)}
    return found | ({"allowEmptyValue": True} if parameter.shape == "flag" else {})


def _value(parameter: Parameter) -> Described:
    schema = _SHAPES[parameter.shape]
    if parameter in FORMAT_PARAMETERS:
        schema = schema | {"examples": [f.name for f in GRAPH_FORMATS]}
    return {"type": "array", "items": schema} if parameter.many else dict(schema)


def _schema(media_type: str) -> Described:
    return {} if media_type.endswith("json") else dict(_TEXT)
