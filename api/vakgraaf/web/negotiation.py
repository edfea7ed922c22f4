"""Content negotiation (RFC 9110 §12.5) as pure functions: headers in, an offer or None out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LANGUAGES = ("nl", "en")
"""The languages of pages and messages, the default first."""

_MOST = 100
"""So many ranges of a header count, and so many parameters of one: each range is held against each offer."""


class _Range(NamedTuple):
    """One range of an Accept header; parameters other than q are kept, as they make a range more specific."""

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    q: float


def choose(accept: str | None, offers: Sequence[str], default: str | None = None) -> str | None:
    """The media type of `offers` that suits `accept` best, or None where none will do (406).

    The most specific range that matches an offer decides its q (§12.5.1); the highest q wins; among equals the
    more specifically asked, then `default`, then the order of `offers`. No header, or one without any well-formed
    range, asks for nothing in particular.
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return default if default is not None else next(iter(offers), None)
    best: tuple[float, int, bool, int] | None = None
    chosen = None
    for place, offer in enumerate(offers):
        q, specificity = _quality(offer, ranges)
        rank = (q, specificity, offer == default, -place)
        if q > 0 and (best is None or rank > best):
            best, chosen = rank, offer
    return chosen


def names_type(accept: str | None, offers: Sequence[str]) -> bool:
    """Whether `accept` asks for one of `offers` by name, so that it outranks a `?format=` parameter."""
    named = {f"{r.type}/{r.subtype}" for r in _ranges(accept or "") if r.q > 0}
    return any(_split(offer)[0] in named for offer in offers)


def choose_language(parameter: str | None, accept_language: str | None) -> str:
    """The language of a page: `?lang=` if we have it, else what Accept-Language prefers, else Dutch (§12.5.4)."""
    if parameter is not None and parameter.casefold() in LANGUAGES:
        return parameter.casefold()
    wishes: dict[str, float] = {}
    for item in _items(accept_language or ""):
        tag, q = _weighted(item)
        wishes.setdefault(tag.partition("-")[0].casefold(), q)
    ranked = {language: wishes.get(language, wishes.get("*", 0.0)) for language in LANGUAGES}
    return max(LANGUAGES, key=lambda language: ranked[language])


def choose_coding(accept_encoding: str, codings: Sequence[str]) -> str:
    """The content coding of `codings` with the highest weight, among equals the first; `identity` where the client has
    nothing against that and likes none better (RFC 9110 §12.5.3)."""
    wishes: dict[str, float] = {}
    for item in _items(accept_encoding):
        coding, q = _weighted(item)
        wishes.setdefault(coding.casefold(), q)
    best = max(codings, key=lambda coding: wishes.get(coding, wishes.get("*", 0.0)))
    weight = wishes.get(best, wishes.get("*", 0.0))
    return best if weight > 0.0 and weight >= wishes.get("identity", 0.0) else "identity"


def _items(header: str) -> list[str]:
    return header.split(",", _MOST)[:_MOST]


def _ranges(header: str) -> list[_Range]:
    found = []
    for item in _items(header):
        full, q = _weighted(item)
        name, parameters = _split(full)
        kind, slash, subtype = name.partition("/")
        if kind == "*" and not slash:  # old Java clients send a lone "*"
            slash, subtype = "/", "*"
        if kind and slash and subtype and not (kind == "*" and subtype != "*"):
            found.append(_Range(kind, subtype, parameters, q))
    return found


def _quality(offer: str, ranges: Sequence[_Range]) -> tuple[float, int]:
    """The q of the most specific range that matches, and how specific that is; (0, -1) where none does."""
    name, parameters = _split(offer)
    kind, _, subtype = name.partition("/")
    specificity, q = -1, 0.0
    for wanted in ranges:
        if wanted.type not in ("*", kind) or wanted.subtype not in ("*", subtype):
            continue
        level = (wanted.type != "*") + (wanted.subtype != "*") + len(wanted.parameters & parameters)
        if level > specificity or (level == specificity and wanted.q > q):
            specificity, q = level, wanted.q
    return q, specificity


def _split(text: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """A media type in lower case and its parameters; a `profile` is not ours to judge and is left out."""
    name, *rest = (part.strip().casefold() for part in text.split(";"))
    pairs = ((key.strip(), value.strip().strip('"')) for key, _, value in (p.partition("=") for p in rest))
    return name, frozenset((key, value) for key, value in pairs if key not in ("", "profile"))


def _weighted(item: str) -> tuple[str, float]:
    """An item of a list header without its q, and the q: 1 where there is none, 0 where it makes no sense."""
    parts = [part.strip() for part in item.split(";", _MOST)[:_MOST]]
    q = 1.0
    kept = []
    for part in parts:
        key, equals, value = part.partition("=")
        if equals and key.strip().casefold() == "q":
            q = _number(value)
        else:
            kept.append(part)
    return ";".join(kept), q


def _number(text: str) -> float:
    try:
        q = float(text)
    except ValueError:
        return 0.0
    return q if 0.0 <= q <= 1.0 else 0.0
