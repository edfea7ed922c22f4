"""A mapping as RDF: the record, as SSSOM's own RDF has it, and for an accepted one the SKOS statement beside it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Table
from urllib.parse import quote, unquote

from vakgraaf.linking.mappings import grounds
from vakgraaf.linking.mappings.mapping import SSSOM, Mapping, Status
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.rdf.names import DEF
from vakgraaf.rdf.prefixes import PREFIXES

_A = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_XSD = PREFIXES["xsd"]
_JSON = PREFIXES["rdf"] + "JSON"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
KLASSE = DEF + "Koppeling"
STATUS = DEF + "koppelstatus"
GROUNDS = DEF + "gronden"

_IRIS = {
    "subject": PREFIXES["owl"] + "annotatedSource",
    "predicate": PREFIXES["owl"] + "annotatedProperty",
    "object": PREFIXES["owl"] + "annotatedTarget",
    "justification": SSSOM + "mapping_justification",
}
_TEXTS = {
    "subject_label": SSSOM + "subject_label",
    "object_label": SSSOM + "object_label",
    "author": SSSOM + "author_label",
    "tool": SSSOM + "mapping_tool",
    "tool_version": SSSOM + "mapping_tool_version",
    "comment": PREFIXES["rdfs"] + "comment",
    "status": STATUS,
}
_CONFIDENCE = SSSOM + "confidence"
_DATE = PREFIXES["dct"] + "created"
_KNOWN = {*_IRIS.values(), *_TEXTS.values(), _CONFIDENCE, _DATE, GROUNDS, _LABEL, _A}

Values = Table[str, list[str]]
"""Of one record: property → the texts of its values."""


def iri(text: str) -> str:
    """An IRI as N-Triples and SPARQL write it. Raises ValueError where it has signs that no IRI has."""
    if ":" not in text or not is_part_of_iri(text):
        raise ValueError(f"not an IRI: {text!r}")
    return f"<{text}>"


def literal(text: str, datatype: str = "", language: str = "") -> str:
    """A literal as N-Triples and SPARQL write it."""
    tail = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
    return f'"{text.translate(_ESCAPES)}"{tail}'


def record(mapping: Mapping) -> list[str]:
    """The statements of the record, each without its full stop. Raises ValueError for what is no IRI."""
    here = iri(mapping.iri)
    said = [f"{here} {iri(_A)} {iri(KLASSE)}", f"{here} {iri(_LABEL)} {literal(_named(mapping), language='nl')}"]
    said += [f"{here} {iri(name)} {iri(getattr(mapping, known))}" for known, name in _IRIS.items()]
    texts = [(name, str(getattr(mapping, known))) for known, name in _TEXTS.items()]
    texts += [(SSSOM + quote(column, safe=""), value) for column, value in mapping.extra]
    said += [f"{here} {iri(name)} {literal(text)}" for name, text in texts if text]
    typed = [(_DATE, mapping.date, _XSD + "date"), (GROUNDS, grounds.packed(mapping.grounds), _JSON)]
    if mapping.confidence is not None:
        typed.append((_CONFIDENCE, repr(mapping.confidence), _XSD + "double"))
    return said + [f"{here} {iri(name)} {literal(text, kind)}" for name, text, kind in typed if text]


def statement(mapping: Mapping) -> str:
    """What an accepted mapping states, without its full stop. Raises ValueError for any other."""
    if mapping.status is not Status.ACCEPTED:
        raise ValueError("only what was accepted is stated")
    return f"{iri(mapping.subject)} {iri(mapping.predicate)} {iri(mapping.object)}"


def whole(values: Values) -> Mapping:
    """The mapping that a record tells of. Raises ValueError for one that lacks what it needs."""
    one = {name: found[0] for name, found in values.items() if found}
    try:
        told = {known: one[name] for known, name in _IRIS.items()}
    except KeyError as error:
        raise ValueError(f"a record without {error.args[0]}") from error
    told |= {known: one.get(name, "") for known, name in _TEXTS.items() if known != "status"}
    extra = [(unquote(name.removeprefix(SSSOM)), text) for name, text in one.items() if _is_extra(name)]
    return Mapping(
        **told,
        date=one.get(_DATE, ""),
        confidence=float(one[_CONFIDENCE]) if _CONFIDENCE in one else None,
        status=Status(one[STATUS]),
        grounds=grounds.unpacked(one.get(GROUNDS, "")),
        extra=tuple(sorted(extra)),
    )


def gathered(rows: Iterable[tuple[str, str, str]]) -> list[Mapping]:
    """The mappings that (record, property, text) tell of, in the order in which they come."""
    found: dict[str, dict[str, list[str]]] = {}
    for subject, name, text in rows:
        found.setdefault(subject, {}).setdefault(name, []).append(text)
    return [whole(values) for values in found.values()]


def _named(mapping: Mapping) -> str:
    ends = (mapping.subject_label or mapping.subject, mapping.object_label or mapping.object)
    return " – ".join(end.strip() or "?" for end in ends)


def _is_extra(name: str) -> bool:
    return name.startswith(SSSOM) and name not in _KNOWN
