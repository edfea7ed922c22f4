"""Errors on their way from one process to another: as JSON, and back as what they were."""

from __future__ import annotations

import json

from vakgraaf import errors

_KINDS = (
    errors.InputError,
    errors.UnreadableInput,
    errors.UnknownThing,
    errors.QueryRefused,
    errors.QueryTimeout,
    errors.Overloaded,
)


def packed(error: errors.VakgraafError) -> bytes:
    """`error` as a FAILED frame carries it."""
    place = (error.line, error.column, error.token) if isinstance(error, errors.SyntaxProblem) else None
    return json.dumps({"kind": type(error).__name__, "nl": error.nl, "en": error.en, "place": place}).encode()


def unpacked(payload: bytes) -> errors.VakgraafError:
    """The error that `packed` made this of; one of a class that does not travel comes back as its base."""
    fields = json.loads(payload)
    if fields["place"] is not None:
        return errors.SyntaxProblem(fields["nl"], fields["en"], *fields["place"])
    kind = next((kind for kind in _KINDS if kind.__name__ == fields.get("kind")), errors.VakgraafError)
    return kind(fields["nl"], fields["en"])
