"""What a page begins with, in one question: of which classes a thing is, and what it says of itself in schema.org."""

from __future__ import annotations

import json
from typing import NamedTuple

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, triples
from vakgraaf.web.site.nearby import Triple, full
from vakgraaf.web.site.representations import SCHEMA_CLASSES, SCHEMA_PROPERTIES

_NAMES = " ".join(SCHEMA_PROPERTIES)
_CLASSES = {full(ours): full(theirs) for ours, theirs in SCHEMA_CLASSES.items()}
_PROPERTIES = {full(ours): full(theirs) for ours, theirs in SCHEMA_PROPERTIES.items()}
_TYPE = full("rdf:type")
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Stated(NamedTuple):
    """What a thing states of itself, of what schema.org has words for, and what the things are called that it names."""

    subject: str
    triples: tuple[Triple, ...]

    @property
    def classes(self) -> set[str]:
        """The classes that any graph says that it is of."""
        return {value.text for subject, name, value in self.triples if name == _TYPE and subject == self.subject}

    def in_schema(self) -> str:
        """The same as the profile `schema` of `Representation`, as JSON-LD."""
        nodes: dict[str, dict[str, list[object]]] = {}
        blank = {value.text for _, _, value in self.triples if value.kind == "bnode"}
        for subject, name, value in dict.fromkeys(self.triples):
            key, term = ("@type", _CLASSES.get(value.text)) if name == _TYPE else (_PROPERTIES.get(name), _term(value))
            if key and term:
                said = nodes.setdefault(f"_:{subject}" if subject in blank else subject, {}).setdefault(key, [])
                if term not in said:  # two of our words can be one of theirs
                    said.append(term)
        return json.dumps([{"@id": subject, **said} for subject, said in nodes.items()], ensure_ascii=False)


async def stated(engine: Engine, subject: str) -> Stated:
    """Ask. Nothing is found where the thing is not known, and where nothing of it can be said in schema.org."""
    here = iri(subject)
    found = await triples(
        engine,
        f"""{PROLOGUE}SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ VALUES ?s {{ {here} }} VALUES ?p {{ rdf:type {_NAMES} }} {here} ?p ?o }}
  UNION {{ VALUES ?any {{ {_NAMES} }} {here} ?any ?s . ?s rdfs:label ?o BIND (rdfs:label AS ?p) }}
}}""",
    )
    return Stated(subject, tuple(found))


def _term(value: Value) -> dict[str, str]:
    if value.kind == "uri":
        return {"@id": value.text}
    if value.kind == "bnode":
        return {"@id": f"_:{value.text}"}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    typed = {"@type": value.datatype} if value.datatype not in (None, _STRING) else {}
    return {"@value": value.text} | typed
