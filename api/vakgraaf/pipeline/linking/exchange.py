"""SSSOM into the store and out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from typing import Any

from vakgraaf.errors import InputError
from vakgraaf.linking.candidate import PREDICATES
from vakgraaf.linking.mappings import slots, tsv
from vakgraaf.linking.mappings.curies import expanded
from vakgraaf.linking.mappings.mapping import SSSOM, Mapping, Status, code
from vakgraaf.linking.mappings.roles import ROLES
from vakgraaf.pipeline.linking.records import LINKS
from vakgraaf.rdf.names import DEF
from vakgraaf.rdf.prefixes import PREFIXES

TSV = "text/tab-separated-values"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_NOTHING_FOUND = SSSOM + "NoTermFound"
_EXTENSIONS = [
    {"slot_name": slots.STATUS_COLUMN, "property": DEF + "koppelstatus", "type_hint": PREFIXES["xsd"] + "string"},
    {"slot_name": slots.GROUNDS_COLUMN, "property": DEF + "gronden", "type_hint": PREFIXES["rdf"] + "JSON"},
]


@dataclass(frozen=True, slots=True)
class Taken:
    """What of a file can go into the store: new mappings, how many are there already, and how many say nothing here."""

    new: tuple[Mapping, ...]
    known: int
    left: int


def as_sssom(mappings: Iterable[Mapping], *, every: bool = False) -> str:
    """Accepted mappings as SSSOM/TSV; with `every` also what is proposed or rejected, each saying so itself.

    What was rejected carries `predicate_modifier` Not, for readers that do not know our status.
    """
    chosen = [_told(mapping) for mapping in mappings if every or mapping.status is Status.ACCEPTED]
    said: dict[str, Any] = {
        "mapping_set_id": LINKS,
        "mapping_set_title": "Koppelingen van Vakgraaf",
        "mapping_set_version": version("vakgraaf"),
        "license": LICENCE,
        "extension_definitions": _EXTENSIONS,
    }
    return tsv.write(tsv.MappingSet(tuple(chosen), said))


def as_rows(mappings: Iterable[Mapping]) -> list[dict[str, Any]]:
    """Mappings as JSON has them, by the names of SSSOM; `id` is the code that the command line and `/links` take."""
    return [
        {
            "id": code(mapping.iri),
            "record_id": mapping.iri,
            "subject_id": mapping.subject,
            "subject_label": mapping.subject_label,
            "predicate_id": mapping.predicate,
            "object_id": mapping.object,
            "object_label": mapping.object_label,
            "mapping_justification": mapping.justification,
            "confidence": mapping.confidence,
            "author_label": mapping.author,
            "mapping_date": mapping.date,
            "status": str(mapping.status),
            "comment": mapping.comment,
            "grounds": [ground._asdict() for ground in mapping.grounds],
        }
        for mapping in mappings
    ]


def taken(text: str, known: Iterable[str], today: date) -> Taken:
    """What a file of SSSOM/TSV brings that is not there yet; `known` are the IRIs of the records that are.

    A mapping counts as decided on only where the file says so in our own columns and names one of our roles; all else
    is a proposal. Names of persons are left out. Left are mappings to nothing, by relations that are not SKOS's, and
    those that others deny (`predicate_modifier` Not): who says that two things are no match proposes no match.
    Raises `SyntaxProblem`, and `InputError` for metadata that cannot be used.
    """
    found = tsv.read(text)
    common = _common(found.metadata)
    there, new, again, left = set(known), [], 0, 0
    for mapping in found.mappings:
        if not _for_here(mapping):
            left += 1
        elif mapping.iri in there:
            again += 1
        else:
            there.add(mapping.iri)
            new.append(_ours(mapping, common, today))
    return Taken(tuple(new), again, left)


def _told(mapping: Mapping) -> Mapping:
    if mapping.status is not Status.REJECTED:
        return mapping
    return replace(mapping, extra=tuple(sorted({**dict(mapping.extra), "predicate_modifier": "Not"}.items())))


def _for_here(mapping: Mapping) -> bool:
    if mapping.predicate not in PREDICATES or _NOTHING_FOUND in (mapping.subject, mapping.object):
        return False
    return _decided(mapping) or not _denied(mapping)


def _denied(mapping: Mapping) -> bool:
    return dict(mapping.extra).get("predicate_modifier") == "Not"


def _decided(mapping: Mapping) -> bool:
    return mapping.author in ROLES and mapping.status is not Status.PROPOSED


def _ours(mapping: Mapping, common: dict[str, str], today: date) -> Mapping:
    extra = {**{name: text for name, text in common.items() if name not in slots.FIELDS}, **dict(mapping.extra)}
    extra.pop("predicate_modifier", None)
    status = Status.PROPOSED
    if _decided(mapping):
        status = Status.REJECTED if _denied(mapping) else mapping.status
    ours = replace(
        mapping,
        author=mapping.author if status is not Status.PROPOSED else "",
        date=mapping.date or common.get("mapping_date", "") or today.isoformat(),
        tool=mapping.tool or common.get("mapping_tool", ""),
        tool_version=mapping.tool_version or common.get("mapping_tool_version", ""),
        status=status,
        extra=tuple(sorted((name, text) for name, text in extra.items() if name not in slots.PERSONAL)),
    )
    try:
        date.fromisoformat(ours.date)
    except ValueError as error:
        raise InputError(
            f"mapping_date boven de tabel: '{ours.date[:80]}' is geen {tsv.DAY[0]}.",
            f"mapping_date above the table: '{ours.date[:80]}' is no {tsv.DAY[1]}.",
        ) from error
    return ours


def _common(metadata: dict[str, Any]) -> dict[str, str]:
    """What the metadata say for every record that does not say it itself (SSSOM, propagation of slots)."""
    prefixes = metadata.get("curie_map") or {}
    found = {}
    for name in slots.PROPAGATED & metadata.keys():
        values = metadata[name] if isinstance(metadata[name], list) else [metadata[name]]
        texts = [str(value) for value in values if value]
        try:
            found[name] = "|".join(expanded(one, prefixes) if name in slots.IDENTIFIERS else one for one in texts)
        except KeyError as error:
            raise InputError(
                f"{name}: het voorvoegsel '{error.args[0]}' staat niet in curie_map.",
                f"{name}: the prefix '{error.args[0]}' is not in curie_map.",
            ) from error
    return {name: text for name, text in found.items() if text}
