"""The ontology to be read: for each term what it means, an example, its relations, its use, and what is asked of it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.rdf import iris
from vakgraaf.web.pages import short
from vakgraaf.web.site.class_links import class_links
from vakgraaf.web.site.diagram import Diagram, diagram
from vakgraaf.web.site.examples import Example, examples
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, full, nearby
from vakgraaf.web.site.shape_words import Demand, members, named
from vakgraaf.web.site.shapes_page import ONTOLOGY_GRAPH, SHAPES_GRAPH
from vakgraaf.web.site.term_shapes import Constraint, TermShapes
from vakgraaf.web.site.usage import Usage, usage
from vakgraaf.web.wording import marked

_CLASS = "owl:Class"
_KINDS = {
    _CLASS: marked("Klasse"),
    "owl:ObjectProperty": marked("Eigenschap: wijst naar een ander ding"),
    "owl:DatatypeProperty": marked("Eigenschap: heeft een tekst, getal of datum"),
    "owl:AnnotationProperty": marked("Eigenschap: wijst naar een ander ding of heeft een tekst"),
}
_RELATIONS = (
    (marked("Soort van"), "rdfs:subClassOf", False),
    (marked("Soorten hiervan"), "rdfs:subClassOf", True),
    (marked("Bijzonder geval van"), "rdfs:subPropertyOf", False),
    (marked("Bijzondere gevallen"), "rdfs:subPropertyOf", True),
    (marked("Omgekeerde"), "owl:inverseOf", False),
    (marked("Omgekeerde"), "owl:inverseOf", True),
    (marked("Sluit uit"), "owl:disjointWith", False),
    (marked("Sluit uit"), "owl:disjointWith", True),
)
STATUSES = {"stable": marked("vast"), "testing": marked("op proef"), "unstable": marked("kan nog veranderen")}


@dataclass(frozen=True, slots=True)
class Use:
    """A property as a class uses it, or a class that uses a property: how often, with which values, what is asked."""

    term: Named
    number: int
    values: tuple[Named, ...]
    demands: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One class or property. `kind` and the titles of `relations` are words of the catalogue."""

    iri: str
    anchor: str
    code: str
    name: Value
    kind: str
    status: str
    definition: Value | None
    also: tuple[Value, ...]
    said_examples: tuple[Value, ...]
    relations: tuple[tuple[str, tuple[Named, ...]], ...]
    chain: tuple[Named, ...]
    number: int | None
    example: Example | None
    uses: tuple[Use, ...]
    used_by: tuple[Use, ...]
    constraints: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class DefinitionsPage:
    """What the template shows."""

    title: Value
    description: Value | None
    version: str
    licence: tuple[Named, ...]
    diagram: Diagram
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    reused: tuple[Named, ...]


async def definitions_page(engine: Engine, language: str) -> DefinitionsPage:
    """The page."""
    ontology, shapes = f"GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }}", f"GRAPH <{SHAPES_GRAPH}> {{ ?s ?p ?o }}"
    near, use = await asyncio.gather(
        nearby(engine, language, ontology, f"{shapes} FILTER (?p != sh:select)"), usage(engine)
    )
    ours = [one for one in near.known() if one.startswith(str(iris.VG))]
    classes = [one for one in ours if near.is_a(one, _CLASS)]
    properties = [one for one in ours if one not in classes]
    used = {name for _, name in use.triples}
    shown = await examples(
        engine,
        [one for one in classes if not use.classes or one in use.classes],
        [one for one in properties if not used or one in used],
        language,
    )
    make = _Maker(near, use, TermShapes(near), shown)
    ontology_iri = str(iris.ONTOLOGY)
    return DefinitionsPage(
        title=near.text(ontology_iri, "dct:title") or Value("literal", "Vakgraaf"),
        description=near.text(ontology_iri, "dct:description"),
        version=version.text if (version := near.text(ontology_iri, "owl:versionInfo")) else "",
        licence=tuple(Named(one, Value("literal", one)) for one in near.things(ontology_iri, "dct:license")),
        diagram=diagram(near, class_links(near, use)),
        classes=_sorted(make.term(one) for one in classes),
        properties=_sorted(make.term(one) for one in properties),
        reused=_reused(near),
    )


class _Maker:
    """Makes the entry of a term from everything that was fetched."""

    def __init__(self, near: Nearby, use: Usage, shapes: TermShapes, shown: dict[str, Example]) -> None:
        self._near, self._use, self._shapes, self._shown = near, use, shapes, shown
        self._up: dict[tuple[str, str], set[str]] = {}
        self._having: dict[str, list[str]] = defaultdict(list)
        self._asked: dict[str, list[str]] = defaultdict(list)
        self._pointed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for klasse, name in use.triples:
            if klasse.startswith(str(iris.VG)):
                self._having[name].append(klasse)
                self._asked[klasse].append(name)
        for (klasse, name), values in use.values.items():
            if klasse.startswith(str(iris.VG)):
                for value in values:
                    self._pointed[value].append((klasse, name))

    def term(self, iri: str) -> Term:
        near = self._near
        kind = next((word for name, word in _KINDS.items() if near.is_a(iri, name)), "")
        is_class = kind == _KINDS[_CLASS]
        status = near.text(iri, "vs:term_status")
        return Term(
            iri=iri,
            anchor=iri.removeprefix(str(iris.VG)),
            code=short(iri),
            name=named(near, iri).name,
            kind=kind,
            status=STATUSES.get(status.text, "") if status else "",
            definition=near.text(iri, "skos:definition"),
            also=tuple(near.values(iri, "skos:altLabel")),
            said_examples=_in_language(near, near.values(iri, "skos:example")),
            relations=tuple(self._relations(iri)),
            chain=tuple(self._chain(iri)),
            number=self._use.classes.get(iri),
            example=self._shown.get(iri),
            uses=tuple(self._uses(iri) if is_class else self._users(iri)),
            used_by=tuple(self._used_by(iri)) if is_class else (),
            constraints=self._shapes.of(iri),
        )

    def _relations(self, iri: str) -> Iterator[tuple[str, tuple[Named, ...]]]:
        found: dict[str, list[str]] = {}
        for title, name, back in _RELATIONS:
            ends = self._near.pointing(iri, name) if back else self._near.things(iri, name)
            found.setdefault(title, []).extend(end for end in ends if ":" in end)
        for title, ends in found.items():
            if ends:
                yield title, tuple(named(self._near, end) for end in dict.fromkeys(ends))

    def _chain(self, iri: str) -> Iterator[Named]:
        for head in self._near.values(iri, "owl:propertyChainAxiom"):
            for member in members(self._near, head):
                yield named(self._near, member.text)

    def _uses(self, klasse: str) -> Iterator[Use]:
        """The properties of a class; not one that only says in general what another of them says."""
        names = set(self._asked.get(klasse, ())) - {full("rdf:type")}
        general = {up for name in names for up in self._above(name)}
        for name in sorted(names - general, key=self._word):
            yield Use(
                named(self._near, name),
                self._use.triples[klasse, name],
                self._special(self._use.values.get((klasse, name), set())),
                self._shapes.demands(klasse, name),
            )

    def _users(self, name: str) -> Iterator[Use]:
        """The classes that have a property, with what its values are; not one above another that has it as often."""
        for klasse in sorted(self._special_users(name), key=self._word):
            values = self._special(self._use.values.get((klasse, name), set()))
            number = self._use.triples[klasse, name]
            yield Use(named(self._near, klasse), number, values, self._shapes.demands(klasse, name))

    def _special_users(self, name: str) -> list[str]:
        having, number = self._having.get(name, []), self._use.triples
        special = {one for one in having if not any(one in self._above_class(other) for other in having)}
        return [
            one
            for one in having
            if one in special
            or number[one, name] > sum(number[other, name] for other in special if one in self._above_class(other))
        ]

    def _used_by(self, klasse: str) -> Iterator[Use]:
        """The properties that point to things of a class, with the classes that have them."""
        found: dict[str, set[str]] = defaultdict(set)
        for source, name in self._pointed.get(klasse, ()):
            if name.startswith(str(iris.VG)):
                found[name].add(source)
        general = {up for name in found for up in self._above(name)}
        for name in sorted(set(found) - general, key=self._word):
            yield Use(named(self._near, name), 0, self._special(found[name]))

    def _special(self, classes: set[str]) -> tuple[Named, ...]:
        """The most special of some classes, ours before those of others."""
        ours = {one for one in classes if one.startswith(str(iris.VG)) and not one.endswith("#Stub")} or classes
        special = ours - {up for one in ours for up in self._above_class(one)}
        return tuple(named(self._near, one) for one in sorted(special, key=self._word))

    def _above(self, name: str) -> set[str]:
        return self._upwards(name, "rdfs:subPropertyOf")

    def _above_class(self, klasse: str) -> set[str]:
        return self._upwards(klasse, "rdfs:subClassOf")

    def _upwards(self, term: str, step: str) -> set[str]:
        """All terms above a term; found once."""
        if (term, step) not in self._up:
            found: set[str] = set()
            line = self._near.things(term, step)
            while line:
                if (up := line.pop()) not in found:
                    found.add(up)
                    line += self._near.things(up, step)
            self._up[term, step] = found
        return self._up[term, step]

    def _word(self, iri: str) -> str:
        return named(self._near, iri).name.text.casefold()


def _in_language(near: Nearby, values: list[Value]) -> tuple[Value, ...]:
    here = tuple(value for value in values if value.language in (near.language, None))
    return here or tuple(values)


def _sorted(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (term.name.text.casefold(), term.iri)))


def _reused(near: Nearby) -> tuple[Named, ...]:
    """Terms of others that the ontology names."""
    theirs = {one for one in near.known() if not one.startswith(iris.BASE) and ":" in one}
    return tuple(named(near, one) for one in sorted(theirs, key=short) if near.text(one, "rdfs:label"))
