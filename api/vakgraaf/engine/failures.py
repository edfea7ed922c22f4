"""Errors on their way from one process to another: as JSON, and back as what they were.

A process that dies of what it was asked cannot say so any more; all it does is name the signal, in a few bytes on its
connection that are no frame. Running out of memory aborts it (SIGABRT, from the engine's allocator or the C++ library);
too deep a nesting is another signal, and so is whatever kills it from outside.
"""

from __future__ import annotations

import faulthandler
import json
import sys

from vakgraaf import errors

_KINDS = (
    errors.InputError,
    errors.SyntaxProblem,
    errors.UnreadableInput,
    errors.NotAProfile,
    errors.UnknownThing,
    errors.QueryRefused,
    errors.QueryTooLong,
    errors.QueryTimeout,
    errors.QueryOutOfMemory,
    errors.StoreProblem,
    errors.StoreFull,
    errors.Overloaded,
    errors.NotExpressible,
)


NO_MEMORY = b"MemoryError"
"""What a process says where Python itself gets no memory any more."""


def leave_last_words(connection: int) -> None:
    """Have this process write the name of a signal that ends it to a file descriptor. Nothing is allocated then."""
    if sys.version_info >= (3, 14):
        faulthandler.enable(connection, all_threads=False, c_stack=False)
    else:
        faulthandler.enable(connection, all_threads=False)


def ran_out_of_memory(last_words: bytes) -> bool:
    """Whether that is what the last bytes of a process say."""
    return last_words.startswith((NO_MEMORY, b"Fatal Python error: Aborted"))


def packed(error: errors.VakgraafError) -> bytes:
    """`error` as a FAILED frame carries it."""
    place = error.place if isinstance(error, errors.PlacedError) else {}
    return json.dumps({"kind": type(error).__name__, "nl": error.nl, "en": error.en, "place": place}).encode()


def unpacked(payload: bytes) -> errors.VakgraafError:
    """The error that `packed` made this of; one of a class that does not travel comes back as its base."""
    fields = json.loads(payload)
    kind = next((kind for kind in _KINDS if kind.__name__ == fields.get("kind")), errors.VakgraafError)
    return kind(fields["nl"], fields["en"], **fields["place"])
