"""What a request asks of the endpoint: the query operation of the SPARQL 1.1 Protocol, out of a request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request

from vakgraaf.engine import AS_USUAL, WHOLE_STORE, Dataset, Options
from vakgraaf.web.bodies import read_body
from vakgraaf.web.content_types import UTF_8, charset_of, media_type_of
from vakgraaf.web.form_fields import fields_of, text_of
from vakgraaf.web.offering import HTML, content_type, negotiate
from vakgraaf.web.parameters import DEFAULT_GRAPH, EXPLAIN, FORMAT_PARAMETERS, NAMED_GRAPH, QUERY, REWRITE, TIMEOUT
from vakgraaf.web.problems import HttpProblem

__all__ = ["HTML", "Operation", "content_type", "negotiate", "operation", "query_text", "read"]

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"
_UPDATE_TYPE = "application/sparql-update"
_FORMATS = tuple(parameter.name for parameter in FORMAT_PARAMETERS)
_OFF = ("off", "false", "no", "0")
_WITH_BODY = ("POST", "QUERY")
# Old Java clients call a form ISO-8859-1, whatever is in it. The protocol itself (§2.1.3) knows UTF-8 only.
_ENCODINGS = dict.fromkeys(UTF_8, "utf-8") | {"iso-8859-1": "iso-8859-1"}
_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(ms|s|m|min)?", re.IGNORECASE)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0}
_LONGEST_REMEMBERED = 2048
_MOST_FORMATS = 20
"""So many names of formats count: each is looked for among all there are, and what came of it is remembered."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks (Protocol §2.1): the query or None, its dataset, the formats it names, how to run it.

    With `explain` the query is not to be run at all.
    """

    query: str | None
    dataset: Dataset = WHOLE_STORE
    formats: tuple[str, ...] = ()
    options: Options = AS_USUAL
    explain: bool = False


async def read(request: Request) -> Operation:
    """The operation of a request (Protocol §2.1.1 to §2.1.3, and the same body sent with QUERY).

    Raises `HttpProblem` 413 for a body that is too long, and what `operation` raises; before the body where the client
    waits for a go-ahead (RFC 9110 §10.1.1).
    """
    address: bytes = request.scope["query_string"]
    if request.method in _WITH_BODY:
        kind = request.headers.get("content-type", "")
        if "expect" in request.headers and media_type_of(kind) not in (QUERY_TYPE, FORM_TYPE):
            raise _unsupported(media_type_of(kind))  # a body comes, as soon as it is asked for
        body = await read_body(request, request.app.state.max_body_bytes, "VAKGRAAF_MAX_QUERY_BYTES")
        return operation(address, body, kind)
    return _asked(address) if len(address) <= _LONGEST_REMEMBERED else operation(address)


def operation(address: bytes, body: bytes = b"", kind: str = "") -> Operation:
    """The operation that a query string and, if there is one, a body of media type `kind` make together.

    Parameters that nobody knows are let through, and what is said twice in the same words is said once. Raises
    `HttpProblem`: 415 for another media type or charset, 400 for bytes that are no text, for thousands of fields, for
    more than one query, for an update, and for a `timeout` that is no duration.
    """
    if not body and address.startswith(b"query=") and b"&" not in address:  # what nearly everybody sends
        return Operation(query_text(address[6:]))
    fields = _pairs(address, "utf-8")
    queries = []
    if body:
        media_type = media_type_of(kind)
        if media_type == QUERY_TYPE:
            queries.append(_text(body, _encoding(kind)))
        elif media_type == FORM_TYPE:
            fields += _pairs(body, _encoding(kind))
        else:
            raise _unsupported(media_type)
    queries += [value for name, value in fields if name == QUERY.name]
    if len(queries) > 1 and len(set(queries)) > 1:
        raise HttpProblem(
            400,
            "Hier staan meer vragen; stuur er één per verzoek.",
            "There is more than one query here; send one per request.",
        )
    if not queries and any(name == "update" for name, _ in fields):
        raise _update(400)
    return _put_together(queries[0].removeprefix("\ufeff") if queries else None, fields)


def query_text(encoded: bytes) -> str:
    """The text of a query out of an address. Raises `HttpProblem` 400 where it is no UTF-8."""
    try:
        return text_of(encoded).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _no_text() from error


@lru_cache(maxsize=1024)
def _asked(address: bytes) -> Operation:
    """What is asked with a short query string alone; the same link is followed time and again."""
    return operation(address)


def _put_together(query: str | None, fields: list[tuple[str, str]]) -> Operation:
    if not fields or (len(fields) == 1 and fields[0][0] == QUERY.name):
        return Operation(query)
    default, named = _all(fields, DEFAULT_GRAPH.name), _all(fields, NAMED_GRAPH.name)
    dataset = WHOLE_STORE if default is None and named is None else Dataset(default, named)
    wishes = dict.fromkeys(value for name, value in fields if name in _FORMATS and value)
    formats = tuple(wishes)[:_MOST_FORMATS]
    given = dict(reversed(fields))  # of what is given twice the first counts
    timeout = _seconds(given.get(TIMEOUT.name, ""))
    rewrite = given.get(REWRITE.name, "").casefold() not in _OFF
    explain = given.get(EXPLAIN.name, "off").casefold() not in _OFF
    options = AS_USUAL if timeout is None and rewrite else Options(timeout, rewrite)
    return Operation(query, dataset, formats, options, explain)


def _seconds(text: str) -> float | None:
    """A duration in seconds, "500ms", "30s" or "2m"; None where there is none, or where it is 0: no wish."""
    text = text.strip()
    if not text:
        return None
    match = _DURATION.fullmatch(text)
    if match is None:
        raise HttpProblem(
            400,
            "De parameter 'timeout' is een aantal seconden, zoals 30, of een duur zoals 500ms of 2m.",
            "The parameter 'timeout' is a number of seconds, like 30, or a duration like 500ms or 2m.",
        )
    return float(match[1]) * _SECONDS[(match[2] or "s").casefold()] or None


def _all(fields: list[tuple[str, str]], name: str) -> tuple[str, ...] | None:
    values = tuple(dict.fromkeys(value for key, value in fields if key == name and value))
    return values or None


def _pairs(encoded: bytes, encoding: str) -> list[tuple[str, str]]:
    if not encoded:
        return []
    try:
        return fields_of(encoded, encoding)
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _text(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _encoding(kind: str) -> str:
    """The encoding that a Content-Type names, UTF-8 where it names none. Raises `HttpProblem` 415."""
    return _ENCODINGS[charset_of(kind, _ENCODINGS)]


def _unsupported(media_type: str) -> HttpProblem:
    if media_type == _UPDATE_TYPE:
        return _update(415)
    return HttpProblem(
        415,
        f"Stuur een vraag als {QUERY_TYPE} of {FORM_TYPE}, en zet dat in Content-Type.",
        f"Send a query as {QUERY_TYPE} or {FORM_TYPE}, and say so in Content-Type.",
        {"accept-post": f"{QUERY_TYPE}, {FORM_TYPE}"},
    )


def _update(status: int) -> HttpProblem:
    return HttpProblem(
        status,
        "Dit adres beantwoordt vragen. Stuur een wijziging met POST naar /update.",
        "This address answers queries. Send an update with POST to /update.",
    )


def _no_text() -> HttpProblem:
    return HttpProblem(400, "De vraag is geen geldige UTF-8.", "The query is not valid UTF-8.")
