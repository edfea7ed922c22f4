"""The tool `describe`: what is known of one thing, with names, and with the lines of the text that it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from vakgraaf.engine import PROLOGUE, Row, Value, iri, select
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.web.agents.arguments import Described
from vakgraaf.web.agents.desk import Desk
from vakgraaf.web.agents.naming import meant, unknown_prefix
from vakgraaf.web.describe import Labels, labels_of, standing_of
from vakgraaf.web.pages import short
from vakgraaf.web.reading import place

Told = dict[str, Any]

_MOST_FACTS, _MOST_OF_ONE, _MOST_SOURCES = 1000, 50, 50
_DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom"


async def describe(desk: Desk, asked: Described) -> Told:
    """Facts, uses and sources. Raises `InputError`, `UnknownThing`, and what asking raises.

    The questions are those of a page: the thing first, and no more of it than somebody can read.
    """
    subject = meant(asked.thing)
    here = iri(subject)
    standing = await standing_of(desk.engine, subject)
    if standing is None:
        nl, en = unknown_prefix(subject)
        raise UnknownThing(
            f"Over {subject} is hier niets bekend.{nl} Zoek het met search.",
            f"Nothing is known of {subject} here.{en} Look for it with search.",
        )
    facts = await select(desk.engine, f"SELECT DISTINCT ?p ?o WHERE {{ {here} ?p ?o }} LIMIT {_MOST_FACTS + 1}")
    uses = await select(desk.engine, f"SELECT DISTINCT ?p ?s WHERE {{ ?s ?p {here} }} LIMIT {_MOST_FACTS + 1}")
    sources = await select(desk.engine, _sources(here))
    named = {row["p"].text for row in (*facts, *uses)}
    named |= {row["o"].text for row in facts if row["o"].kind == "uri" and row["p"].text != _DERIVED_FROM}
    named |= {row["document"].text for row in sources} | {subject}
    labels = await labels_of(desk.engine, named, asked.language)
    told = _identity(subject, labels)
    if standing.gone:
        told["withdrawn"] = True
        told["replaced_by"] = list(standing.replaced_by)
    told["facts"] = _facts(facts[:_MOST_FACTS], labels, without=_DERIVED_FROM if sources else "")
    told["used_by"] = _uses(uses[:_MOST_FACTS], labels)
    told["sources"] = [_source(row, labels) for row in sources[:_MOST_SOURCES]]
    cut = {"facts": len(facts) > _MOST_FACTS, "used_by": len(uses) > _MOST_FACTS}
    cut["sources"] = len(sources) > _MOST_SOURCES
    if any(cut.values()):
        told["incomplete"] = [name for name, more in cut.items() if more]
    return told


def _sources(here: str) -> str:
    return f"""{PROLOGUE}SELECT DISTINCT ?passage ?document ?first ?last ?page ?text WHERE {{
  {here} prov:wasDerivedFrom ?passage . ?passage vg:brondocument ?document .
  OPTIONAL {{ ?passage vg:beginRegel ?first ; vg:eindRegel ?last }}
  OPTIONAL {{ ?passage vg:pagina ?page }}
  OPTIONAL {{ ?passage oa:exact ?text }}
}} ORDER BY ?document ?first ?passage LIMIT {_MOST_SOURCES + 1}"""


def _identity(subject: str, labels: Labels) -> Told:
    told: Told = {"iri": subject}
    if subject.startswith(iris.BASE):
        told["page"] = iris.document_of(subject).removeprefix(iris.BASE.rstrip("/"))
    if (name := labels.of(subject)) is not None:
        told["label"] = name.text
    return told


def _facts(rows: list[Row], labels: Labels, without: str) -> list[Told]:
    """A property and its values on each place, in the order of the pages."""
    found: dict[str, list[Value]] = defaultdict(list)
    for row in rows:
        found[row["p"].text].append(row["o"])
    told = []
    for known in sorted(found, key=lambda one: (place(one), one)):
        if known == without:
            continue
        values = sorted(found[known], key=lambda one: (one.kind, one.text, one.language or ""))
        fact: Told = _named(known, labels) | {"values": [_value(one, labels) for one in values[:_MOST_OF_ONE]]}
        if len(values) > _MOST_OF_ONE:
            fact["more"] = len(values) - _MOST_OF_ONE
        told.append(fact)
    return told


def _uses(rows: list[Row], labels: Labels) -> list[Told]:
    """Which properties point here, how often, and from where, for instance."""
    counted = Counter(row["p"].text for row in rows)
    return [
        _named(known, labels)
        | {"times": times, "for_instance": sorted(_node(row["s"]) for row in rows if row["p"].text == known)[:5]}
        for known, times in sorted(counted.items(), key=lambda item: (place(item[0]), item[0]))
    ]


def _node(value: Value) -> str:
    return f"_:{value.text}" if value.kind == "bnode" else value.text


def _named(known: str, labels: Labels) -> Told:
    name = labels.of(known)
    return {"property": short(known)} | ({} if name is None else {"label": name.text})


def _value(value: Value, labels: Labels) -> Told | str:
    """An IRI with its name, a text with its language, a node without a name as that, anything else with its datatype.

    A plain text is there as it is.
    """
    if value.kind == "uri":
        name = labels.of(value.text)
        return {"iri": value.text} | ({} if name is None else {"label": name.text})
    if value.kind == "bnode":
        return {"blank_node": _node(value)}
    if value.language:
        return {"text": value.text, "language": value.language}
    if value.datatype and not value.datatype.endswith("#string"):
        return {"value": value.text, "datatype": short(value.datatype)}
    return value.text


def _source(row: Row, labels: Labels) -> Told:
    document = row["document"].text
    name = labels.of(document)
    told: Told = {"document": document, "title": document if name is None else name.text}
    for key in ("first", "last", "page"):
        if key in row:
            told[{"first": "first_line", "last": "last_line", "page": "page"}[key]] = int(row[key].text)
    if "text" in row:
        told["text"] = row["text"].text.strip()
    return told | {"passage": row["passage"].text}
