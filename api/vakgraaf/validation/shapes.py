"""The packaged shapes: read them, ready them for use, aim them at a graph, and check their craft."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.engine.scratch import add_turtle
from vakgraaf.rdf.iris import SHAPES, VGS
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.resources import folder
from vakgraaf.validation.queries import QueryError, prepared

# A store without named graphs: half the time to fill, faster to ask. For data pySHACL insists on the other.
_LEAN = "SimpleMemory"
PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_SEVERITIES = (SH.Violation, SH.Warning, SH.Info)
_WORDS = {RDFS.label, RDFS.comment, SH.name, SH.description, SH.order, SH.group, SH.message}
# Parameters that lead to other shapes or describe: a shape with nothing else reports nothing itself.
_SILENT = {RDF.type, SH.severity, SH.property, SH.path, SH.targetNode, *_TARGETS, *_WORDS}
# SHACL appendix A (pre-binding): what a SPARQL constraint may not contain.
_FORBIDDEN = re.compile(r"\b(MINUS|VALUES|SERVICE)\b", re.IGNORECASE)


@cache
def packaged_shapes() -> Graph:
    """All shapes of the package in one graph, read once a process; not to be changed.

    Raises `UnknownThing` where the folder is missing.
    """
    return _read(sorted(folder("shapes").glob("*.ttl")))


@cache
def packaged_context() -> Graph:
    """What the packaged shapes look things up in: the ontology and the reference data; not to be changed.

    Raises `UnknownThing` where a folder is missing.
    """
    return _read([path for name in ("ontology", "data/reference") for path in sorted(folder(name).glob("*.ttl"))])


def _read(paths: list[Path]) -> Graph:
    graph = empty_graph()
    for path in paths:
        add_turtle(graph, path.read_bytes())
    return graph


def working_copy(shapes: Graph) -> Graph:
    """A copy of `shapes` that pySHACL reads as SHACL means it, and that it may add to.

    Words stay behind: the report takes them from `shapes`, and pySHACL would fill `{?value}` with `re.sub`,
    taking the value for a pattern. Prefixes declared by what an ontology imports (SHACL §5.2.1, within the
    shapes graph) it declares itself as well.
    """
    copy = Graph(store=_LEAN, bind_namespaces="none")
    for triple in shapes:
        if triple[1] not in _WORDS:
            copy.add(triple)
    for ontology in set(shapes.objects(None, SH.prefixes)):
        for imported in shapes.transitive_objects(ontology, OWL.imports):
            for declaration in shapes.objects(imported, SH.declare):
                copy.add((ontology, SH.declare, declaration))
    return copy


def aim(shapes: Graph, data: Graph, everything: Graph) -> None:
    """Change the targets of `shapes` so that they select nodes of `data` and nothing else of `everything`.

    Each target (SHACL §2.1.3) becomes the sh:targetNode of every node that it selects: instances of a class,
    by the subclasses in `everything`, that are a subject in `data`; subjects and objects of a property in
    `data`. Targets that name a node stay.
    """
    instances = _instances(data, everything)
    for shape, wanted in list(_class_targets(shapes)):
        shapes.remove((shape, SH.targetClass, wanted))
        for kind in everything.transitive_subjects(RDFS.subClassOf, wanted):
            for node in instances.get(kind or wanted, ()):
                shapes.add((shape, SH.targetNode, node))
    for shape, wanted in list(shapes.subject_objects(SH.targetSubjectsOf)):
        shapes.remove((shape, SH.targetSubjectsOf, wanted))
        for node in data.subjects(wanted):
            shapes.add((shape, SH.targetNode, node))
    for shape, wanted in list(shapes.subject_objects(SH.targetObjectsOf)):
        shapes.remove((shape, SH.targetObjectsOf, wanted))
        for node in data.objects(None, wanted):
            shapes.add((shape, SH.targetNode, node))
    for shape in implicit_classes(shapes):
        untyped(shapes, shape)


def untyped(shapes: Graph, shape: Node) -> None:
    """Make of a shape that is a class a shape and no more, so that its instances are no targets."""
    shapes.remove((shape, RDF.type, None))
    shapes.add((shape, RDF.type, SH.NodeShape))


def _instances(data: Graph, everything: Graph) -> dict[Node, set[Node]]:
    instances: dict[Node, set[Node]] = defaultdict(set)
    for node in set(data.subjects()):
        for kind in everything.objects(node, RDF.type):
            instances[kind].add(node)
    return instances


def _class_targets(shapes: Graph) -> Iterator[tuple[Node, Node]]:
    yield from shapes.subject_objects(SH.targetClass)
    for shape in implicit_classes(shapes):
        yield shape, shape


def implicit_classes(shapes: Graph) -> set[Node]:
    """Those with implicit class targets (SHACL §2.1.3.3): a node shape that is an rdfs:Class or owl:Class itself."""
    kinds = {RDFS.Class, OWL.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    classes = {shape for kind in kinds for shape in shapes.subjects(RDF.type, kind)}
    return {shape for shape in classes if any(_is_shape(shapes, shape))}


def _is_shape(shapes: Graph, node: Node) -> Iterator[bool]:
    yield (node, RDF.type, SH.NodeShape) in shapes
    yield (node, RDF.type, SH.PropertyShape) in shapes
    yield (node, SH.property, None) in shapes
    yield (node, SH.sparql, None) in shapes


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """A fault in the craft of the shapes, said in both languages."""

    shape: str
    nl: str
    en: str


def lint(shapes: Graph) -> tuple[Flaw, ...]:
    """The faults in `shapes` as house style has it; empty when all is well. Sorted by shape.

    Shapes are named and in our namespace; what can report has one severity and a message in Dutch and
    English that differ and end as a sentence; a property shape has one path; a SPARQL constraint is legal
    (SHACL, appendix A).
    """
    flaws: set[Flaw] = set()
    for shape in _all_shapes(shapes):
        flaws.update(Flaw(str(shape), nl, en) for nl, en in _flaws_of_shape(shapes, shape))
    for constraint in set(shapes.objects(None, SH.sparql)):
        flaws.update(Flaw(str(constraint), nl, en) for nl, en in _flaws_of_constraint(shapes, constraint))
    return tuple(sorted(flaws))


def _all_shapes(shapes: Graph) -> set[Node]:
    found = set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.subjects(RDF.type, SH.PropertyShape))
    for predicate in (SH.path, SH.property, *_TARGETS, SH.targetNode):
        found.update(shapes.subjects(predicate))
    for predicate in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape):
        found.update(shapes.objects(None, predicate))
    for predicate in (SH["or"], SH["and"], SH.xone):
        for members in shapes.objects(None, predicate):
            found.update(shapes.items(members))
    return found


def _flaws_of_shape(shapes: Graph, shape: Node) -> Iterator[tuple[str, str]]:
    if not (isinstance(shape, URIRef) and shape.startswith(VGS)):
        yield "Geef de vorm een naam in vgs:, geen blanke knoop.", "Name the shape in vgs:, not a blank node."
    is_property = (shape, RDF.type, SH.PropertyShape) in shapes
    if not is_property and (shape, RDF.type, SH.NodeShape) not in shapes:
        yield (
            "Zeg of dit een sh:NodeShape of sh:PropertyShape is.",
            "Say whether this is a node or property shape.",
        )
    if len(set(shapes.objects(shape, SH.path))) != int(is_property):
        yield (
            "Een eigenschapsvorm heeft één sh:path, een knoopvorm geen.",
            "Only a property shape has one sh:path.",
        )
    if is_property or (_has_target(shapes, shape) and set(shapes.predicates(shape)) - _SILENT):
        yield from _flaws_of_words(shapes, shape)


def _has_target(shapes: Graph, shape: Node) -> bool:
    return any((shape, target, None) in shapes for target in (*_TARGETS, SH.targetNode))


def _flaws_of_words(shapes: Graph, node: Node) -> Iterator[tuple[str, str]]:
    severities = list(shapes.objects(node, SH.severity))
    if len(severities) != 1 or severities[0] not in _SEVERITIES:
        yield (
            "Geef één sh:severity: Violation, Warning of Info.",
            "Give one sh:severity: Violation, Warning or Info.",
        )
    texts = [text for text in shapes.objects(node, SH.message) if isinstance(text, Literal)]
    if sorted(str(text.language) for text in texts) != ["en", "nl"]:
        yield (
            "Geef één sh:message in het Nederlands en één in het Engels.",
            "Give one sh:message in Dutch and one in English.",
        )
    if len(set(map(str, texts))) != len(texts):
        yield (
            "Vertaal de melding: beide talen zeggen letterlijk hetzelfde.",
            "Translate the message: both are the same.",
        )
    if not all(str(text).endswith((".", "?")) for text in texts):
        yield (
            "Sluit elke melding af met een punt of vraagteken.",
            "End every message with a full stop or question mark.",
        )
    if not {name for text in texts for name in PLACEHOLDER.findall(text)} <= {"this", "value", "path"}:
        yield (
            "Gebruik in een melding alleen {?this}, {?value} en {?path}.",
            "Use only {?this}, {?value} and {?path}.",
        )


def _flaws_of_constraint(shapes: Graph, constraint: Node) -> Iterator[tuple[str, str]]:
    if not isinstance(constraint, URIRef):
        yield "Geef de SPARQL-regel een naam in vgs:.", "Name the SPARQL constraint in vgs:."
    yield from _flaws_of_words(shapes, constraint)
    for shape in shapes.subjects(SH.sparql, constraint):
        for predicate in (SH.message, SH.severity):
            if set(shapes.objects(shape, predicate)) != set(shapes.objects(constraint, predicate)):
                yield (
                    "Laat vorm en SPARQL-regel hetzelfde zeggen.",
                    "Let shape and SPARQL constraint say the same.",
                )
    if (constraint, SH.prefixes, SHAPES) not in shapes:
        yield f"Verwijs met sh:prefixes naar <{SHAPES}>.", f"Refer with sh:prefixes to <{SHAPES}>."
    queries = [str(query) for query in shapes.objects(constraint, SH.select)]
    if len(queries) != 1 or "$this" not in queries[0] or _FORBIDDEN.search(queries[0]):
        yield (
            "Geef één sh:select met $this en zonder MINUS, VALUES of SERVICE.",
            "Give one legal sh:select with $this.",
        )
        return
    try:
        prepared(_declared(shapes) + queries[0])
    except QueryError as problem:
        yield f"De SPARQL-vraag klopt niet: {problem}", f"The SPARQL query does not parse: {problem}"


def _declared(shapes: Graph) -> str:
    """The prefixes of the shapes graph as a SPARQL prologue."""
    lines = (
        f"PREFIX {shapes.value(declaration, SH.prefix)}: <{shapes.value(declaration, SH.namespace)}>\n"
        for declaration in shapes.objects(SHAPES, SH.declare)
    )
    return "".join(sorted(lines))
