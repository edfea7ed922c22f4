"""Texts as words: where they stand, and what they are once folded (lower case, without diacritics)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST = 64
"""So many characters of a word count; nobody searches for more."""

_RUN = re.compile(r"\w+(?:[.'’‑‐-]\w+)*")
_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_BREAK = re.compile(r"[.'’‑‐_-]+")
_OWNER = re.compile(r"(?<=\w)['’]s$")
_JOINED = re.compile(r"[‑‐-]")
# What Unicode does not take apart (NFKD) and people write without.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "þ": "th"})


class Run(NamedTuple):
    """Signs without a space between them: the words in them, and what these are together where a hyphen joins them."""

    parts: tuple[str, ...]
    joined: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All that it counts as."""
        return self.parts + self.joined


class Place(NamedTuple):
    """A run of signs in a text that is one word or more, from `start` to `end`, and the words that it counts as."""

    start: int
    end: int
    words: tuple[str, ...]


def places(text: str) -> Iterator[Place]:
    """The words of `text`, which is in NFC, and where they stand."""
    for found in _RUN.finditer(text):
        run = _taken_apart(found[0])
        if run.parts:
            yield Place(found.start(), found.end(), run.words)


def runs(text: str) -> list[Run]:
    """The words of `text` in their order, run by run."""
    return [_taken_apart(run) for run in _RUN.findall(text)]


def words(text: str) -> list[str]:
    """The words of `text` in their order; one with a hyphen counts as its parts and as a whole."""
    return [word for run in runs(text) for word in run.words]


def sequence(text: str) -> list[str]:
    """The words of `text` one after the other, without what a hyphen joins."""
    return [word for run in runs(text) for word in run.parts]


def key(text: str) -> str:
    """What two texts have in common that say the same but for spaces, hyphens, case and diacritics."""
    return "".join(sequence(text))


def composed(text: str) -> str:
    """`text` in NFC, with what cannot be written as UTF-8 replaced."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())


def visible(text: str) -> str:
    """`text` in NFC without signs that nobody sees (soft hyphens, zero-width spaces), a single space between words."""
    shown = "".join(sign for sign in composed(text) if unicodedata.category(sign) != "Cf")
    return " ".join(shown.split())


def fold(text: str) -> str:
    """`text` in lower case and without diacritics: "Cliënt" and "CLIENT" are the same word."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_PLAIN)


@lru_cache(maxsize=65536)
def _taken_apart(run: str) -> Run:
    if _NUMBER.fullmatch(run):
        return Run((run[:LONGEST],))
    folded = (_only_letters(fold(part))[:LONGEST] for part in _BREAK.split(_OWNER.sub("", run)))
    parts = tuple(part for part in folded if part)
    joined = len(parts) > 1 and _JOINED.search(run) is not None
    return Run(parts, ("".join(parts)[:LONGEST],) if joined else ())


def _only_letters(text: str) -> str:
    """Folding may lay bare what is no letter or digit: "½" becomes "1⁄2"."""
    return text if text.isalnum() else "".join(sign for sign in text if sign.isalnum())
