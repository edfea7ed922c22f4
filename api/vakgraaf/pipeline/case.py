"""What is put before the process that judges, as bytes over a connection."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vakgraaf.pipeline.inputs import Input
from vakgraaf.validation.report import Language

_LENGTH = struct.Struct("!I")
PAGE = "page"
"""The form of an answer that is to be made a page of: the report and the documents as data."""
DRAFTS = {"draft": "turtle", "draft-jsonld": "jsonld"}
"""The forms of an answer that is not the report but the graph that was made or read."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be judged, by which shapes (none: those of the package), in which context, and how to say it.

    `form` is a name of `REPORT_FORMATS`, of `DRAFTS`, or `PAGE`. `with_store`: together with what the store knows.
    `pages` is how many a document may have.
    """

    inputs: tuple[Input, ...]
    form: str
    language: Language
    shapes: tuple[Input, ...] = ()
    with_store: bool = False
    pages: int = 1_000

    def packed(self) -> bytes:
        """As it goes over the wire."""
        head = {"form": self.form, "language": self.language, "with_store": self.with_store, "pages": self.pages}
        told = head | {"inputs": _told(self.inputs), "shapes": _told(self.shapes)}
        contents = b"".join(given.content for given in (*self.inputs, *self.shapes))
        text = json.dumps(told).encode()
        return _LENGTH.pack(len(text)) + text + contents


def unpacked(job: bytes) -> Case:
    """A case as it came over the wire."""
    (length,) = _LENGTH.unpack_from(job)
    start = _LENGTH.size + length
    told: dict[str, Any] = json.loads(job[_LENGTH.size : start])
    found: dict[str, list[Input]] = {"inputs": [], "shapes": []}
    for part, inputs in found.items():
        for name, form, size in told.pop(part):
            inputs.append(Input(name, job[start : start + size], form))
            start += size
    return Case(tuple(found["inputs"]), shapes=tuple(found["shapes"]), **told)


def _told(inputs: Iterable[Input]) -> list[tuple[str, str | None, int]]:
    return [(given.name, given.form, len(given.content)) for given in inputs]
