"""What a shape demands, in words: each constraint of SHACL Core as a phrase, with what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vakgraaf.engine import Value
from vakgraaf.web.pages import short
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, full
from vakgraaf.web.wording import marked


@dataclass(frozen=True, slots=True)
class Demand:
    """A phrase (a word of the catalogue, with %(number)s where there is a number) and what stands after its colon."""

    text: str
    number: str = ""
    links: tuple[Named, ...] = ()
    codes: tuple[str, ...] = ()


class Step(NamedTuple):
    """A step of a path: a word before it (of the catalogue, or empty), and the property."""

    word: str
    property: Named


ASKED = marked("de vraag (SPARQL) hieronder vindt niets")
"""What a shape with a SPARQL constraint demands."""

DATATYPES = {
    "xsd:string": marked("tekst zonder taal"),
    "rdf:langString": marked("tekst met een taal erbij"),
    "xsd:integer": marked("geheel getal"),
    "xsd:decimal": marked("getal"),
    "xsd:boolean": marked("waar of onwaar"),
    "xsd:date": marked("dag"),
    "xsd:dateTime": marked("tijdstip"),
    "xsd:gYearMonth": marked("maand van een jaar"),
    "xsd:gYear": marked("jaar"),
    "xsd:anyURI": marked("webadres"),
}
_NODE_KINDS = {
    "sh:IRI": marked("een eigen adres (IRI)"),
    "sh:Literal": marked("een tekst, getal of datum"),
    "sh:BlankNode": marked("een knoop zonder naam"),
    "sh:IRIOrLiteral": marked("een adres (IRI), of een tekst, getal of datum"),
    "sh:BlankNodeOrIRI": marked("een adres (IRI) of een knoop zonder naam"),
    "sh:BlankNodeOrLiteral": marked("een knoop zonder naam, of een tekst, getal of datum"),
}
_NUMBERS = {
    "sh:minLength": marked("minstens %(number)s tekens"),
    "sh:maxLength": marked("hoogstens %(number)s tekens"),
    "sh:minInclusive": marked("ten minste %(number)s"),
    "sh:minExclusive": marked("meer dan %(number)s"),
    "sh:maxInclusive": marked("ten hoogste %(number)s"),
    "sh:maxExclusive": marked("minder dan %(number)s"),
}
_LINKS = {
    "sh:class": marked("van de klasse"),
    "sh:node": marked("voldoet aan"),
    "sh:not": marked("voldoet niet aan"),
    "sh:equals": marked("dezelfde waarden als bij"),
    "sh:disjoint": marked("geen waarde die ook staat bij"),
    "sh:lessThan": marked("minder dan de waarde bij"),
    "sh:lessThanOrEquals": marked("niet meer dan de waarde bij"),
}
_LISTS = {
    "sh:or": marked("voldoet aan minstens één van"),
    "sh:xone": marked("voldoet aan precies één van"),
    "sh:and": marked("voldoet aan"),
}


def demands(near: Nearby, shape: str) -> tuple[Demand, ...]:
    """What a shape demands of what it is about, or a property shape of the values of its path."""
    return tuple(demand for part in _PARTS for demand in part(near, shape))


def path(near: Nearby, shape: str) -> tuple[Step, ...]:
    """The path of a property shape; empty for another shape."""
    return tuple(step for value in near.values(shape, "sh:path") for step in _steps(near, value))


def members(near: Nearby, head: Value) -> list[Value]:
    """The members of an RDF list."""
    found: list[Value] = []
    seen: set[str] = set()
    while head.text not in seen and (first := near.values(head.text, "rdf:first")):
        seen.add(head.text)
        found.append(first[0])
        head = next(iter(near.values(head.text, "rdf:rest")), head)
    return found


def named(near: Nearby, iri: str) -> Named:
    """A term or a shape with its name; without one as a reader can say it."""
    return Named(iri, near.text(iri, "rdfs:label") or near.text(iri, "sh:name") or Value("literal", short(iri)))


def _steps(near: Nearby, value: Value) -> Iterator[Step]:
    if value.kind == "uri":
        yield Step("", named(near, value.text))
        return
    for place, member in enumerate(members(near, value)):
        for number, step in enumerate(_steps(near, member)):
            yield step._replace(word=marked("en dan")) if place and not number and not step.word else step
    for alternatives in near.values(value.text, "sh:alternativePath"):
        for place, member in enumerate(members(near, alternatives)):
            for number, step in enumerate(_steps(near, member)):
                yield step._replace(word=marked("of")) if place and not number and not step.word else step
    for name, word in _MODIFIED.items():
        for inner in near.values(value.text, name):
            yield from (step._replace(word=word) for step in _steps(near, inner))


_MODIFIED = {
    "sh:inversePath": marked("omgekeerd:"),
    "sh:zeroOrMorePath": marked("nul of meer keer:"),
    "sh:oneOrMorePath": marked("een of meer keer:"),
    "sh:zeroOrOnePath": marked("hoogstens een keer:"),
}


def count(least: str, most: str) -> Demand | None:
    """How many values there must be; both empty: any number."""
    if least and least == most:
        return Demand(marked("precies één")) if least == "1" else Demand(marked("precies %(number)s"), least)
    if most == "0":
        return Demand(marked("geen"))
    if least in ("", "0"):
        if not most:
            return None
        return Demand(marked("hoogstens één")) if most == "1" else Demand(marked("hoogstens %(number)s"), most)
    if not most:
        return Demand(marked("minstens één")) if least == "1" else Demand(marked("minstens %(number)s"), least)
    return Demand(marked("%(number)s waarden"), f"{least}–{most}")


def _counts(near: Nearby, shape: str) -> Iterator[Demand]:
    found = count(_one(near, shape, "sh:minCount"), _one(near, shape, "sh:maxCount"))
    if found is not None:
        yield found


def _kinds(near: Nearby, shape: str) -> Iterator[Demand]:
    for value in near.values(shape, "sh:datatype"):
        word = next((word for name, word in DATATYPES.items() if full(name) == value.text), "")
        yield Demand(word) if word else Demand(marked("soort waarde"), codes=(short(value.text),))
    for value in near.values(shape, "sh:nodeKind"):
        word = next((word for name, word in _NODE_KINDS.items() if full(name) == value.text), "")
        if word:
            yield Demand(word)


def _linked(near: Nearby, shape: str) -> Iterator[Demand]:
    for name, text in _LINKS.items():
        if links := _named_all(near, near.values(shape, name)):
            yield Demand(text, links=links)
    for name, text in _LISTS.items():
        for head in near.values(shape, name):
            yield Demand(text, links=_named_all(near, members(near, head)))


def _numbers(near: Nearby, shape: str) -> Iterator[Demand]:
    for name, text in _NUMBERS.items():
        for value in near.values(shape, name):
            yield Demand(text, value.text)


def _texts(near: Nearby, shape: str) -> Iterator[Demand]:
    for value in near.values(shape, "sh:pattern"):
        yield Demand(marked("past op het patroon"), codes=(value.text,))
    for head in near.values(shape, "sh:languageIn"):
        yield Demand(marked("in de taal"), codes=tuple(value.text for value in members(near, head)))
    if any(value.text == "true" for value in near.values(shape, "sh:uniqueLang")):
        yield Demand(marked("hoogstens één per taal"))
    for head in near.values(shape, "sh:in"):
        listed = members(near, head)
        links = _named_all(near, listed)
        yield Demand(marked("een van"), links=links, codes=tuple(v.text for v in listed if v.kind == "literal"))
    for value in near.values(shape, "sh:hasValue"):
        links = _named_all(near, [value])
        yield Demand(marked("heeft de waarde"), links=links, codes=() if links else (value.text,))


def _qualified(near: Nearby, shape: str) -> Iterator[Demand]:
    links = _named_all(near, near.values(shape, "sh:qualifiedValueShape"))
    found = count(_one(near, shape, "sh:qualifiedMinCount"), _one(near, shape, "sh:qualifiedMaxCount"))
    if links and found is not None:
        yield found
        yield Demand(marked("… die voldoet aan"), links=links)


def _others(near: Nearby, shape: str) -> Iterator[Demand]:
    if any(value.text == "true" for value in near.values(shape, "sh:closed")):
        yield Demand(marked("geen andere eigenschappen dan die hier staan"))
    if near.values(shape, "sh:sparql"):
        yield Demand(ASKED)


def _named_all(near: Nearby, values: Iterable[Value]) -> tuple[Named, ...]:
    return tuple(named(near, value.text) for value in values if value.kind == "uri")


def _one(near: Nearby, shape: str, name: str) -> str:
    value = near.text(shape, name)
    return value.text if value is not None else ""


_PARTS: tuple[Callable[[Nearby, str], Iterator[Demand]], ...] = (
    _counts,
    _qualified,
    _kinds,
    _linked,
    _numbers,
    _texts,
    _others,
)
