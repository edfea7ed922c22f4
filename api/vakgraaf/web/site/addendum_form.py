"""The form for a new addendum, as the page shows it: parts in parts, each field with its name, help and choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDFS

from vakgraaf.pipeline.drafting.blueprint import ADDENDUM, Blank, Kind, Part
from vakgraaf.pipeline.drafting.document import Filled, called, competences
from vakgraaf.pipeline.drafting.rules import rule_of

# As in: Zeg wat dit aanvult (vg:vultAan).
_TERMS = re.compile(r"\s*\([a-z]+:\w+[^)]*\)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind` says how it is written; `options` are those of a choice; `open` where it is missing."""

    name: str
    label: str
    help: str
    kind: Kind
    value: str
    example: str
    required: bool
    open: bool
    options: tuple[tuple[str, str], ...] = ()

    @property
    def attributes(self) -> dict[str, str | None]:
        """What a screen reader must know, and what a form needs; None for what does not hold."""
        return {
            "id": self.name,
            "name": self.name,
            "aria-describedby": f"{self.name}-hulp" if self.help or self.open else None,
            "aria-invalid": "true" if self.open else None,
            "aria-required": "true" if self.required else None,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one kind: `at` is what a button that adds one sends."""

    at: str
    label: str
    parts: tuple[Fieldset, ...]


@dataclass(frozen=True, slots=True)
class Fieldset:
    """One part: `at` is what a button that removes it sends, `number` its place among its kind, counted from 1."""

    at: str
    label: str
    number: int
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]


def fieldset(filled: Filled, language: str, missing: frozenset[str] = frozenset()) -> Fieldset:
    """The whole form with what was filled in; `missing` are the names of fields that must still be filled in."""
    return _fieldset(filled, ADDENDUM, "", 1, language, missing)


def still_open(one: Fieldset, within: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The fields of a form that must still be filled in: the name, and what it is called with the parts it is in."""
    where = f" ({', '.join(within)})" if within else ""
    yield from ((field.name, field.label + where) for field in one.fields if field.open)
    for inner in (part for group in one.groups for part in group.parts):
        yield from still_open(inner, (*within, f"{inner.label.lower()} {inner.number}"))


def _fieldset(filled: Filled, part: Part, at: str, number: int, language: str, missing: frozenset[str]) -> Fieldset:
    start = f"{at}." if at else ""
    fields = tuple(_field(part, blank, start, filled, language, missing) for blank in part.blanks)
    groups = tuple(_groups(filled, part, start, language, missing))
    return Fieldset(at, _named(part, language), number, fields, groups)


def _groups(filled: Filled, part: Part, start: str, language: str, missing: frozenset[str]) -> Iterator[Group]:
    for inner in part.parts:
        at = f"{start}{inner.key}"
        parts = tuple(
            _fieldset(one, inner, f"{at}.{place}", place + 1, language, missing)
            for place, one in enumerate(filled[inner.key])
        )
        yield Group(at, _named(inner, language), parts)


def _field(part: Part, blank: Blank, start: str, filled: Filled, language: str, missing: frozenset[str]) -> Field:
    name, rule = start + blank.key, rule_of(part.klasse, blank.about)
    return Field(
        name,
        called(part, blank, language),
        "" if blank.about == RDFS.label else _plain(rule.advice.get(language, "")),
        blank.kind,
        filled[blank.key],
        blank.example,
        required=rule.required,
        open=name in missing,
        options=tuple(competences().items()) if blank.kind == "competentie" else (),
    )


def _plain(advice: str) -> str:
    """What a rule advises, for who fills in a form: without the names of properties, and without an "or else"."""
    said = _TERMS.sub("", advice).partition(";")[0]
    return said if not said or said.endswith((".", "?")) else f"{said}."


def _named(part: Part, language: str) -> str:
    return part.en if language == "en" else part.nl
