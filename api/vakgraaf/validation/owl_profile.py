"""The rules of OWL 2 DL that a vocabulary like ours can break, checked on the triples.

Clauses are those of the OWL 2 Structural Specification: §5.8 and §5.9 (declarations, one kind for each name),
§11.1 (simple properties), §11.2 (regular hierarchies, simple properties where they are needed).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

_KINDS = {
    OWL.ObjectProperty: ("objecteigenschap", "object property"),
    OWL.DatatypeProperty: ("gegevenseigenschap", "datatype property"),
    OWL.AnnotationProperty: ("annotatie-eigenschap", "annotation property"),
}
_CLASS_KINDS = {OWL.Class: ("klasse", "class"), RDFS.Datatype: ("datatype", "datatype")}
_RESERVED = tuple(str(ns) for ns in (OWL, RDF, RDFS, XSD))
_SIMPLE_ONLY = (
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.AsymmetricProperty,
)
_RESTRICTIONS = (
    OWL.cardinality,
    OWL.minCardinality,
    OWL.maxCardinality,
    OWL.qualifiedCardinality,
    OWL.minQualifiedCardinality,
    OWL.maxQualifiedCardinality,
    OWL.hasSelf,
)

_Problem = tuple[str, str]


def check_profile(graph: Graph, language: str = "nl") -> tuple[str, ...]:
    """What keeps `graph` out of OWL 2 DL, as sorted sentences in `language` ("nl" or "en"); empty if nothing.

    Covers declarations, one kind for each name, values that fit the kind, subproperties of the same kind,
    simple properties, and regular property chains. It does not replace a full profile validator.
    """
    problems = {
        *_kinds_of_names(graph, _KINDS),
        *_kinds_of_names(graph, _CLASS_KINDS),
        *_undeclared(graph),
        *_values(graph),
        *_subproperties(graph),
        *_composite_where_simple(graph),
        *_irregular_chains(graph),
    }
    return tuple(sorted(en if language == "en" else nl for nl, en in problems))


def _kinds_of_names(graph: Graph, kinds: dict[URIRef, _Problem]) -> Iterator[_Problem]:
    """§5.9.1: no name is two kinds of property, or both class and datatype."""
    declared = defaultdict(set)
    for kind, names in kinds.items():
        for name in graph.subjects(RDF.type, kind):
            declared[name].add(names)
    for name, found in declared.items():
        if len(found) > 1:
            nl, en = (" en ".join(sorted(n for n, _ in found)), " and ".join(sorted(e for _, e in found)))
            yield f"<{name}> is tegelijk {nl}; kies er een.", f"<{name}> is at once {en}; choose one."


def _undeclared(graph: Graph) -> Iterator[_Problem]:
    """§5.8.2: every class and property in use is declared; those of OWL, RDF(S) and XSD are built in."""
    properties = {p for p in graph.predicates() if _foreign(p)}
    for property_ in properties - {s for kind in _KINDS for s in graph.subjects(RDF.type, kind)}:
        yield (
            f"De eigenschap <{property_}> wordt gebruikt maar is niet gedeclareerd.",
            f"The property <{property_}> is used but not declared.",
        )
    classes = {o for p in (RDF.type, RDFS.subClassOf, OWL.disjointWith) for o in graph.objects(None, p)}
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        classes.update(m for members in graph.objects(axiom, OWL.members) for m in Collection(graph, members))
    for class_ in {c for c in classes if _foreign(c)} - set(graph.subjects(RDF.type, OWL.Class)):
        yield (
            f"De klasse <{class_}> wordt gebruikt maar is niet gedeclareerd.",
            f"The class <{class_}> is used but not declared.",
        )


def _values(graph: Graph) -> Iterator[_Problem]:
    """§9.6: the value of an object property is a thing, that of a datatype property a literal."""
    for property_ in graph.subjects(RDF.type, OWL.ObjectProperty):
        for subject, value in graph.subject_objects(property_):
            if isinstance(value, Literal):
                yield (
                    f"<{subject}> heeft bij de objecteigenschap <{property_}> een tekst of getal als waarde.",
                    f"<{subject}> has a literal as value of the object property <{property_}>.",
                )
    for property_ in graph.subjects(RDF.type, OWL.DatatypeProperty):
        for subject, value in graph.subject_objects(property_):
            if not isinstance(value, Literal):
                yield (
                    f"<{subject}> heeft bij de gegevenseigenschap <{property_}> een zaak als waarde.",
                    f"<{subject}> has a thing as value of the datatype property <{property_}>.",
                )


def _subproperties(graph: Graph) -> Iterator[_Problem]:
    """§9.2.1, §9.3.1, §10.2.2: a property and its superproperty are of one kind."""
    for kind in _KINDS:
        for lower in graph.subjects(RDF.type, kind):
            for upper in graph.objects(lower, RDFS.subPropertyOf):
                if isinstance(upper, URIRef) and (upper, RDF.type, kind) not in graph:
                    yield (
                        f"<{lower}> valt onder <{upper}>, maar dat is een ander soort eigenschap.",
                        f"<{lower}> is a subproperty of <{upper}>, which is another kind of property.",
                    )


def _composite_where_simple(graph: Graph) -> Iterator[_Problem]:
    """§11.2: no cardinality and the like on what is transitive, made by a chain, or above such a property."""
    composite: set[Node] = set()
    for start in {*graph.subjects(RDF.type, OWL.TransitiveProperty), *graph.subjects(OWL.propertyChainAxiom)}:
        _climb(start, _edges(graph, chains=False), composite)
    for property_ in composite & _where_simple(graph):
        yield (
            f"<{property_}> is samengesteld (transitief of uit een keten) en mag dan niet functioneel, "
            "asymmetrisch, irreflexief, geteld of uitsluitend zijn.",
            f"<{property_}> is composite (transitive or made by a chain) and so may not be functional, "
            "asymmetric, irreflexive, counted or disjoint.",
        )


def _where_simple(graph: Graph) -> set[Node]:
    """The properties that stand where only a simple one may."""
    found: set[Node] = {p for kind in _SIMPLE_ONLY for p in graph.subjects(RDF.type, kind)}
    for restriction in {r for p in _RESTRICTIONS for r in graph.subjects(p)}:
        found.update(_named(graph, p) for p in graph.objects(restriction, OWL.onProperty))
    for pair in graph.subject_objects(OWL.propertyDisjointWith):
        found.update(pair)
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointProperties):
        found.update(p for members in graph.objects(axiom, OWL.members) for p in Collection(graph, members))
    return found


def _irregular_chains(graph: Graph) -> Iterator[_Problem]:
    """§11.2: no property may lead, through subproperties and chains, back into a chain that makes it.

    p ∘ p ⊑ p, and p as first or last link of a longer chain that makes p, are allowed.
    """
    edges = _edges(graph, chains=True)
    for made, links in _chains(graph):
        for link in links:
            reached: set[Node] = set()
            _climb(made, edges, reached)
            if link in reached and link != made:
                yield (
                    f"De keten die <{made}> maakt, gaat over <{link}>, dat zelf weer van <{made}> afhangt.",
                    f"The chain that makes <{made}> runs over <{link}>, which itself depends on <{made}>.",
                )
        if made in links[1:-1]:
            yield (
                f"<{made}> staat midden in de keten die haar maakt.",
                f"<{made}> stands in the middle of the chain that makes it.",
            )


def _chains(graph: Graph) -> Iterator[tuple[Node, list[Node]]]:
    for made, links in graph.subject_objects(OWL.propertyChainAxiom):
        yield made, [_named(graph, link) for link in Collection(graph, links)]


def _edges(graph: Graph, *, chains: bool) -> dict[Node, set[Node]]:
    """Property → what follows from it. A property and its inverse stand for each other (§11.1)."""
    edges = defaultdict(set)
    for lower, upper in graph.subject_objects(RDFS.subPropertyOf):
        edges[_named(graph, lower)].add(_named(graph, upper))
    for a, b in graph.subject_objects(OWL.inverseOf):
        if isinstance(a, URIRef):
            edges[a].add(b)
            edges[b].add(a)
    if chains:
        for made, links in _chains(graph):
            for link in links:
                edges[link].add(made)
    return edges


def _named(graph: Graph, property_: Node) -> Node:
    """The property itself, or the one that an anonymous inverse stands for."""
    if isinstance(property_, URIRef):
        return property_
    return next(graph.objects(property_, OWL.inverseOf), property_)


def _climb(start: Node, edges: dict[Node, set[Node]], reached: set[Node]) -> None:
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(edges.get(here, ()))


def _foreign(name: Node) -> bool:
    return isinstance(name, URIRef) and not str(name).startswith(_RESERVED)
