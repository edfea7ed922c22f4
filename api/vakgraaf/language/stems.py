"""Words as what they have in common with their other forms: Dutch and English stems.

A word of a Dutch text stands in the index as itself and as what two stemmers make of it, the one of Kraaij and Pohlmann
and the one of Porter (both of Snowball), each with a flaw of its own mended: "taken" is found by "taak" through the
one, "werkprocessen" by "werkproces" through the other. English stems stand apart from Dutch ones.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

ENGLISH = "~"
"""Stands before an English stem."""

_LOCK = threading.Lock()  # a stemmer has its word in itself
_KRAAIJ_POHLMANN = snowballstemmer.stemmer("dutch")
_PORTER = snowballstemmer.stemmer("dutch_porter")
_ENGLISH = snowballstemmer.stemmer("english")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-xz])\1$")
_LONG = re.compile(r"([aeou])\1(?=[^aeiou]$)")
_SOUNDS = {"v": "f", "z": "s"}
_SHORTEST_VERB = 5
_IRREGULAR = {"kinderen": "kind", "kinders": "kind", "leden": "lid", "steden": "stad", "eieren": "ei"}


def stems(word: str, language: str) -> tuple[str, ...]:
    """What `word`, folded, of a text in `language` stands as; without a language, or in another, it counts as Dutch."""
    return _english(word) if language.partition("-")[0] == "en" else _dutch(word)


def asked(word: str) -> tuple[str, ...]:
    """What `word` is looked up as: nobody says in which language they ask."""
    return (*_dutch(word), *_english(word))


@lru_cache(maxsize=65536)
def _dutch(word: str) -> tuple[str, ...]:
    with _LOCK:
        # Kraaij and Pohlmann take every "ge" out, which makes a "beleid" of a "begeleiding".
        one = _KRAAIJ_POHLMANN.stemWord(word.replace("ge", "gè")).replace("gè", "ge")
        other = _PORTER.stemWord(word)
    found = {word: None, one: None, _mended(other): None}
    if word in _IRREGULAR:
        found[_IRREGULAR[word]] = None
    if len(word) >= _SHORTEST_VERB and word.endswith("t"):  # "begeleidt", "ondersteunt"
        found[_mended(word[:-1])] = None
    return tuple(found)


@lru_cache(maxsize=65536)
def _english(word: str) -> tuple[str, ...]:
    with _LOCK:
        return (ENGLISH + _ENGLISH.stemWord(word),)


def _mended(stem: str) -> str:
    """As the spelling is without the ending: "plann" is "plan", "briev" is "brief", "taak" is "tak" as "tak(en)" is."""
    stem = _DOUBLED.sub(r"\1", stem)
    if stem[-1:] in _SOUNDS:
        stem = stem[:-1] + _SOUNDS[stem[-1]]
    return _LONG.sub(r"\1", stem)
