"""`/update`: the update operation of the SPARQL 1.1 Protocol (§2.2)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import Dataset, Update
from vakgraaf.errors import QueryRefused, QueryTooLong, RemoteFailure
from vakgraaf.web.bodies import read_body
from vakgraaf.web.content_types import media_type_of, require_utf_8
from vakgraaf.web.form_fields import fields_of
from vakgraaf.web.openapi import form, operation
from vakgraaf.web.parameters import NO_VALIDATE, UPDATE, USING_GRAPH, USING_NAMED_GRAPH
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.writing import REFUSES, may_write, write

router = APIRouter()

UPDATE_TYPE = "application/sparql-update"
_FORM_TYPE = "application/x-www-form-urlencoded"
_FORM_OVERHEAD = 64 * 1024
Fields = list[tuple[str, str]]


_FIELDS = (UPDATE, USING_GRAPH, USING_NAMED_GRAPH)
_DESCRIBED = operation(
    parameters=(USING_GRAPH, USING_NAMED_GRAPH, NO_VALIDATE),
    takes={UPDATE_TYPE: {"schema": {"type": "string"}}, _FORM_TYPE: form(_FIELDS, UPDATE)},
    refuses=(*REFUSES, QueryRefused, QueryTooLong, 415, RemoteFailure),
    token=True,
)


@router.post("/update", status_code=204, openapi_extra=_DESCRIBED)
@router.post("/update/", include_in_schema=False)
async def update(request: Request) -> Response:
    """Carry out an update, for who has a token that allows it; 204 when it is done."""
    return await answer_update(request)


async def answer_update(request: Request) -> Response:
    """The answer to an update request, at whichever address it came; nothing of its body has been read yet."""
    may_write(request)
    longest: int = request.app.state.max_update_bytes
    # In a form each byte may take three.
    body = await read_body(request, 3 * longest + _FORM_OVERHEAD, "VAKGRAAF_MAX_UPDATE_BYTES")
    kind = request.headers.get("content-type", "")
    await write(request, asked(request.scope["query_string"], body, kind))
    return Response(status_code=204)


def asked(address: bytes, body: bytes, kind: str) -> Update:
    """The update that a query string and a body of media type `kind` make together.

    Raises `HttpProblem`: 415 for another media type or charset, 400 for bytes that are no text, for thousands of
    fields, and for none or more than one update.
    """
    fields = _pairs(address)
    media_type = media_type_of(kind)
    require_utf_8(kind)
    if media_type == UPDATE_TYPE:
        return Update(_text(body).removeprefix("\ufeff"), _dataset(fields))
    if media_type != _FORM_TYPE:
        raise HttpProblem(
            415,
            f"Stuur een wijziging als {UPDATE_TYPE} of {_FORM_TYPE}, en zet dat in Content-Type.",
            f"Send an update as {UPDATE_TYPE} or {_FORM_TYPE}, and say so in Content-Type.",
            {"accept-post": f"{UPDATE_TYPE}, {_FORM_TYPE}"},
        )
    sent = _pairs(body)
    updates = [value for name, value in sent if name == UPDATE.name]
    if len(updates) != 1:
        raise HttpProblem(
            400,
            "Stuur in het formulier één veld 'update' met de tekst van de wijziging.",
            "Send one field 'update' with the text of the update in the form.",
        )
    return Update(updates[0], _dataset(fields + sent))


def _dataset(fields: Fields) -> Dataset:
    default, named = (
        tuple(dict.fromkeys(value for key, value in fields if key == name and value))
        for name in (USING_GRAPH.name, USING_NAMED_GRAPH.name)
    )
    return Dataset(default or None, named or None)


def _pairs(encoded: bytes) -> Fields:
    try:
        return fields_of(encoded)
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _no_text() -> HttpProblem:
    return HttpProblem(400, "De wijziging is geen geldige UTF-8.", "The update is not valid UTF-8.")
