"""Our own facts about frameworks, from data/reference/raamwerken.toml: what no list of the EU says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vakgraaf.errors import UnreadableInput, unusable

Pair = tuple[str, str]
"""The same text in Dutch and in English."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where statements come from: the title in two languages, a page on the web, and the whole reference."""

    key: str
    title: Pair
    page: str
    reference: str


@dataclass(frozen=True, slots=True)
class FrameworkFacts:
    """A framework: `prefix` begins the labels of its levels. `name` is complete where no list of the EU has it.

    `levels` is how IRIs of levels begin that no list holds; `descending`: the highest number is the lowest level.
    """

    iri: str
    prefix: str
    notation: str
    name: Pair
    country: str
    source: str
    levels: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """Which level of one framework a source says is at which level of another; frameworks by notation.

    `sources` has, for each level, the keys of all sources that say so; `notes` what somebody should know of a level.
    """

    start: str
    end: str
    method: str
    sources: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, str]
    notes: Mapping[str, Pair]


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of a scheme of codes or categories; `framework` is the notation of the one it describes, or ""."""

    iri: str
    notation: str
    name: Pair
    definition: Pair
    source: str
    framework: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of codes or categories, with its concepts."""

    iri: str
    name: Pair
    definition: Pair
    source: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All of it. `definitions` are by notation of the framework, then of the level."""

    sources: Mapping[str, Source]
    countries: Mapping[str, Pair]
    frameworks: tuple[FrameworkFacts, ...]
    own: tuple[FrameworkFacts, ...]
    definitions: Mapping[str, Mapping[str, Pair]]
    relations: tuple[Relation, ...]
    schemes: tuple[Scheme, ...]


def read_table(path: Path) -> Table:
    """The table in a file. Raises `UnreadableInput` where it is not there, no TOML, or lacks something."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return _table(data)
    except OSError as error:
        raise unusable(path, error) from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(
            f"{path} is geen geldige TOML: {error}.", f"{path} is not valid TOML: {error}."
        ) from error
    except KeyError as error:
        raise UnreadableInput(
            f"{path}: {error.args[0]!r} ontbreekt bij een van de gegevens.",
            f"{path}: {error.args[0]!r} is missing in one of the entries.",
        ) from error


def _table(data: dict[str, Any]) -> Table:
    sources = {
        key: Source(key, (one["title"], one["en"]), one["page"], one["reference"])
        for key, one in data["sources"].items()
    }
    definitions = {
        framework: {level: _pair(texts) for level, texts in levels.items()}
        for framework, levels in data["definitions"].items()
    }
    return Table(
        sources=sources,
        countries={code: _pair(names) for code, names in data["countries"].items()},
        frameworks=tuple(_framework(one, "eu-qdr") for one in data["frameworks"]),
        own=tuple(_framework(one, one["source"]) for one in data["own"].values()),
        definitions=definitions,
        relations=tuple(map(_relation, data["relations"])),
        schemes=tuple(_scheme(one) for one in data["schemes"].values()),
    )


def _pair(texts: list[str]) -> Pair:
    dutch, english = texts
    return dutch, english


def _relation(one: dict[str, Any]) -> Relation:
    """A source that says it of some levels only has those listed; "*" is all."""
    said: dict[str, list[str]] = one["sources"]
    return Relation(
        start=one["from"],
        end=one["to"],
        method=one["method"],
        sources={level: tuple(key for key, of in said.items() if "*" in of or level in of) for level in one["levels"]},
        levels=one["levels"],
        notes={level: _pair(texts) for level, texts in one.get("notes", {}).items()},
    )


def _framework(one: dict[str, Any], source: str) -> FrameworkFacts:
    return FrameworkFacts(
        iri=one["iri"],
        prefix=one["prefix"],
        notation=one["notation"],
        name=(one["nl"], one.get("en", "")),
        country=one.get("country", ""),
        source=source,
        levels=one.get("levels", ""),
        descending=one.get("descending", False),
    )


def _scheme(one: dict[str, Any]) -> Scheme:
    terms = tuple(
        Term(
            iri=iri,
            notation=term["notation"],
            name=(term["nl"], term["en"]),
            definition=_pair(term["definition"]),
            source=term.get("source", one.get("source", "")),
            framework=term.get("framework", "").upper(),
        )
        for iri, term in one["concepts"].items()
    )
    return Scheme(one["iri"], (one["nl"], one["en"]), _pair(one["definition"]), one.get("source", ""), terms)
