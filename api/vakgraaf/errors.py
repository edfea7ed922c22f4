"""Every error that Vakgraaf raises on purpose.

    VakgraafError
    ├── InputError            what was given cannot be used (exit 2)
    │   ├── UnreadableInput   not text, empty, wrong encoding, unknown format
    │   ├── NotAProfile       text, but not a beroepscompetentieprofiel or addendum
    │   ├── UnknownThing      no graph, term, file or resource of that name
    │   ├── GoneThing         what was here and has been withdrawn
    │   └── SyntaxProblem     RDF or SPARQL that does not parse, with line and column
    ├── NotConforming         understood, but it does not hold together (exit 1)
    ├── QueryRefused          a query that asks for what is not allowed here
    │   └── QueryTooLong      a query or an update that is longer than allowed
    ├── QueryTimeout          a query that ran into its deadline
    ├── QueryCrashed          a query that took its worker down
    ├── QueryOutOfMemory      a query that needs more memory than it may take
    ├── Overloaded            no worker came free in time
    ├── NotReady              what is needed for the answer is still being made
    ├── ResultTooLarge        an answer that is longer than allowed
    ├── NotExpressible        an answer that the format that was asked for cannot hold
    ├── QueryCancelled        a query that somebody who may do so has ended
    ├── RemoteFailure         another server that is needed cannot be reached or answers something unusable
    ├── StoreProblem          the store, or a backup of it, is damaged, of another layout, or cannot be written
    │   └── StoreFull         no room is left for what was to be written
    └── MissingTool           something outside Python that is not installed (Java)

SyntaxProblem and QueryRefused are a PlacedError too: they know where in the text it is.

Messages are sentences for the user: what is wrong, where, and what to do about it, in Dutch (`nl`) and English (`en`).
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class VakgraafError(Exception):
    """Base of all errors raised on purpose; `nl` and `en` hold the same message in two languages."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(nl)
        self.nl = nl
        self.en = en

    def message(self, language: str = "nl") -> str:
        """The message in `language` ("en" gives English, anything else Dutch)."""
        return self.en if language == "en" else self.nl


class PlacedError(VakgraafError):
    """What errors at one place in a text have: `line` and `column` count from 1, `token` is what does not fit there.

    All three are None where unknown.
    """

    def __init__(
        self, nl: str, en: str, line: int | None = None, column: int | None = None, token: str | None = None
    ) -> None:
        super().__init__(nl, en)
        self.line = line
        self.column = column
        self.token = token

    @property
    def place(self) -> dict[str, Any]:
        """Those that are known, as the members of an answer."""
        known = {"line": self.line, "column": self.column, "token": self.token}
        return {name: value for name, value in known.items() if value is not None}


class InputError(VakgraafError):
    """What was given cannot be used."""


class UnreadableInput(InputError):
    """Not text, empty, in another encoding, or in a format that is not supported."""


_REASONS = {
    errno.ENOENT: ("bestaat niet", "does not exist"),
    errno.EACCES: ("mag niet worden gelezen of geschreven", "may not be read or written"),
    errno.EISDIR: ("is een map", "is a directory"),
    errno.ENOTDIR: ("ligt niet in een map", "does not lie in a directory"),
    errno.ENOSPC: ("past niet meer op de schijf", "does not fit on the disk any more"),
}


def unusable(path: Path, error: OSError) -> UnreadableInput:
    """The refusal that belongs to a file that cannot be read or written."""
    nl, en = _REASONS.get(error.errno or 0, (f"kan niet worden gebruikt: {error.strerror}", f"cannot be used: {error}"))
    return UnreadableInput(f"{path} {nl}.", f"{path} {en}.")


_NO_ROOM = ("No space left", "File too large", "Disk quota exceeded")


def unwritten(path: Path, error: OSError) -> StoreProblem:
    """The error that belongs to a store that cannot be written; the engine tells why in its words alone."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or any(words in str(error) for words in _NO_ROOM):
        return StoreFull(
            f"De schijf van {path} is vol. Er is niets veranderd. Maak ruimte en doe het opnieuw.",
            f"The disk of {path} is full. Nothing has changed. Make room and try again.",
        )
    return StoreProblem(
        f"Er kan niet worden geschreven in {path} ({error}). Er is niets veranderd.",
        f"{path} cannot be written to ({error}). Nothing has changed.",
    )


class NotAProfile(InputError):
    """Readable text that is not a beroepscompetentieprofiel or addendum."""


class UnknownThing(InputError):
    """No graph, term, file or resource of that name."""


class GoneThing(InputError):
    """What was here and has been withdrawn."""


class SyntaxProblem(PlacedError, InputError):
    """RDF or SPARQL that does not parse."""


class NotConforming(VakgraafError):
    """The input was understood but does not hold together; `details` has one line per problem, in each language.

    `results` tells the same problems to programs, where there is more to tell.
    """

    def __init__(
        self,
        nl: str,
        en: str,
        details_nl: tuple[str, ...] = (),
        details_en: tuple[str, ...] = (),
        results: tuple[Mapping[str, object], ...] = (),
    ) -> None:
        super().__init__(nl, en)
        self._details = {"nl": details_nl, "en": details_en}
        self.results = results

    def details(self, language: str = "nl") -> tuple[str, ...]:
        """One line per problem in `language` ("en" gives English, anything else Dutch)."""
        return self._details["en" if language == "en" else "nl"]


class QueryRefused(PlacedError):
    """The query asks for something that this endpoint does not do (SERVICE, too deep)."""


class QueryTooLong(QueryRefused):
    """The text of a query or an update is longer than the limit."""


class QueryTimeout(VakgraafError):
    """The query ran into its deadline and was stopped."""


class QueryCrashed(VakgraafError):
    """The query took its worker process down, and not by the memory that it took (stack overflow, killed)."""


class QueryOutOfMemory(VakgraafError):
    """The query needs more memory than one query may take, and was stopped."""


class Overloaded(VakgraafError):
    """All workers are busy and none came free in time."""


class NotReady(VakgraafError):
    """What is needed for the answer is still being made; `missing` names the parts that are not there."""

    def __init__(self, nl: str, en: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(nl, en)
        self.missing = missing


class ResultTooLarge(VakgraafError):
    """The answer is longer than the limit."""


class NotExpressible(VakgraafError):
    """The format that was asked for cannot hold the answer; others can."""


class QueryCancelled(VakgraafError):
    """The query was ended by somebody who may do so, or the change was before it counted."""


class RemoteFailure(VakgraafError):
    """Another server that is needed for the answer cannot be reached, or answers something unusable."""


class StoreProblem(VakgraafError):
    """The store, or a backup of it, is damaged, of another layout, or cannot be written."""


class StoreFull(StoreProblem):
    """No room is left for what was to be written; nothing of it has been."""


class MissingTool(VakgraafError):
    """A program outside Python is needed and is not installed."""
