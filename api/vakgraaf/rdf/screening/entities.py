"""Entities that XML declares: names for namespaces may pass, what makes a small document a large one may not."""

from __future__ import annotations

import re

from vakgraaf.rdf.screening.refusing import refusal

MOST_CHARACTERS = 1000
"""So long may an entity be; a namespace is shorter."""
MOST_GROWTH = 10
"""By so many times the document may grow by its entities, or by `FREE_BYTES` where that is more."""
FREE_BYTES = 1_000_000

# Wherever one stands: parsers do not agree on where the declarations end.
_DECLARED = re.compile(
    rb"""<!ENTITY(\s{1,99}(?P<name>[^\s%&;<>"']{1,99})\s{1,99}
         (?:"(?P<double>[^"<&%]{0,1000})"|'(?P<single>[^'<&%]{0,1000})')\s{0,99}>)?""",
    re.VERBOSE,
)
_USED = re.compile(rb"&([^\s%&;<>\"']{1,99});")
_LONGEST = 99 * 4 + MOST_CHARACTERS + 20


class EntityScreen:
    """Reads the declarations of entities and counts what they add (XML 1.0 §4.2, §4.4)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lengths: dict[bytes, int] = {}
        self._left = b""
        self._read = 0
        self._added = 0
        self._lines = 1

    def feed(self, part: bytes) -> bytes:
        """The next bytes; those that were looked at by now. Raises `UnreadableInput`."""
        self._read += len(part)
        data = self._left + part
        # What begins before this is all there, however long it is.
        return self._looked(data, max(0, len(data) - _LONGEST))

    def end(self) -> bytes:
        """There are no more bytes; the last that were looked at. Raises as `feed` does."""
        return self._looked(self._left, len(self._left))

    def _looked(self, data: bytes, until: int) -> bytes:
        """What begins before that place, looked at; what comes after it is left for the next time."""
        done = until
        for found in _DECLARED.finditer(data):
            if found.start() >= until:
                break
            done = max(done, found.end())
            self._declare(found, data)
        if self._lengths:
            for found in _USED.finditer(data):
                if found.start() >= done:
                    break
                done = max(done, found.end())
                self._use(found, data)
        self._lines += data.count(b"\n", 0, done)
        self._left = data[done:]
        return data[:done]

    def _declare(self, found: re.Match[bytes], data: bytes) -> None:
        if found[1] is None:
            raise self._refused(found, data, *_NOT_PLAIN)
        length = len(found["double"] or found["single"] or b"")
        self._lengths[found["name"]] = max(length, self._lengths.get(found["name"], 0))

    def _use(self, found: re.Match[bytes], data: bytes) -> None:
        self._added += self._lengths.get(found[1], 0)
        if self._added > max(FREE_BYTES, MOST_GROWTH * self._read):
            raise self._refused(found, data, *_GROWS)

    def _refused(self, found: re.Match[bytes], data: bytes, nl: str, en: str) -> Exception:
        return refusal(self._name, self._lines + data.count(b"\n", 0, found.start()), nl, en)


_NOT_PLAIN = (
    "van een entiteit wordt alleen een korte tekst gelezen, zoals een namespace. Deze verwijst naar een andere entiteit"
    f" of naar een bestand, of is langer dan {MOST_CHARACTERS} tekens. Schrijf uit waar zij voor staat.",
    "of an entity only a short text is read, such as a namespace. This one refers to another entity or to a file, or is"
    f" longer than {MOST_CHARACTERS} characters. Write out what it stands for.",
)
_GROWS = (
    f"de entiteiten maken dit bestand meer dan {MOST_GROWTH} keer zo groot; zo veel wordt niet gelezen. Schrijf uit"
    " waar zij voor staan.",
    f"the entities make this file more than {MOST_GROWTH} times as large, which is not read. Write out what they stand"
    " for.",
)
