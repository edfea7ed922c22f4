"""Ask the rules of a store, and write down what was found as pySHACL would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.engine.scratch import Row, Scratch
from vakgraaf.validation.compiled.program import Root, subclasses
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import TARGET, Rule
from vakgraaf.validation.compiled.terms import written

_CLASS = re.compile(r"«(\w+) (<[^>]*>)»")
_ILL = re.compile(r"«ill (\w+) (<[^>]*>)»")
_MOST_ILL = 500


@dataclass(slots=True)
class Asking:
    """One judgement: the store, and what the rules must know of the data before they can be asked.

    `ill` holds, for each datatype, the ill-typed texts that there are; `properties` all properties, where known.
    """

    scratch: Scratch
    ill: dict[str, set[str]] = field(default_factory=dict)
    properties: frozenset[Node] | None = None
    _classes: dict[str, list[str]] = field(default_factory=dict)
    _below: dict[Node, list[Node]] | None = None

    def found(self, root: Root, target_of: Callable[[Rule], str | None]) -> list[tuple[Rule, Row]]:
        """What the rules of a root find in the nodes that their target binds; None for a rule that is not to be asked.

        Raises `Refused` where they do not fit.
        """
        found = []
        for rule in root.rules:
            target = target_of(rule)
            if target is None:
                continue
            if rule.doubt is not None and self.scratch.holds(self.filled(rule.doubt, target)):
                raise Refused("values of another kind than the rule was made for")
            text = rule.text
            if rule.by_property is not None and self.properties is not None:
                text = self.with_properties(rule.by_property)
            found += [(rule, row) for row in self.scratch.rows(self.filled(text, target), rule.keys)]
        return found

    def with_properties(self, text: str) -> str:
        """A question with all properties that there are filled in."""
        return text.replace("«properties»", " ".join(sorted(map(written, self.properties or ()))))

    def subclasses(self, wanted: str) -> list[str]:
        """A class and those below it, as written."""
        if wanted not in self._classes:
            kinds = subclasses(URIRef(wanted[1:-1]), lambda kind: self._subclass_triples().get(kind, ()))
            self._classes[wanted] = sorted(written(kind) for kind in kinds if isinstance(kind, URIRef))
            if any(not isinstance(kind, URIRef) for kind in kinds):
                raise Refused("a subclass without a name")
        return self._classes[wanted]

    def _subclass_triples(self) -> dict[Node, list[Node]]:
        if self._below is None:
            below: dict[Node, list[Node]] = {}
            for lower, _, upper in self.scratch.triples(None, RDFS.subClassOf, None):
                below.setdefault(upper, []).append(lower)
            self._below = below  # only now, as several threads may ask
        return self._below

    def filled(self, text: str, target: str) -> str:
        """A question with `target` as the pattern for the focus nodes, and with what is known of the data."""
        text = text.replace(TARGET, target)
        text = _ILL.sub(lambda found: self._ill_test(found[1], found[2]), text)
        return _CLASS.sub(lambda found: self._class_test(found[1], found[2]), text)

    def _class_test(self, variable: str, wanted: str) -> str:
        kinds = self.subclasses(wanted)
        if len(kinds) == 1:
            return f"EXISTS {{ ?{variable} <{RDF.type}> {kinds[0]} }}"
        return f"EXISTS {{ ?{variable} <{RDF.type}> ?kind_of_it FILTER(?kind_of_it IN ({', '.join(kinds)})) }}"

    def _ill_test(self, variable: str, datatype: str) -> str:
        texts = self.ill.get(datatype[1:-1], set())
        if len(texts) > _MOST_ILL:
            raise Refused("too many ill-typed literals")
        if not texts:
            return "false"
        known = ", ".join(sorted(written(Literal(text)) for text in texts))
        return f"(DATATYPE(?{variable}) = {datatype} && STR(?{variable}) IN ({known}))"


def everywhere(root: Root, below: Callable[[str], list[str]], classes: Iterable[Node] = ()) -> str:
    """The pattern for the focus nodes of a root in a store that is judged as a whole. Raises `Refused`.

    `classes` are all that something is said to be of, where that is known.
    """
    if (root.objects_of, root.subjects_of, root.classes, root.nodes) == ((RDF.type,), (), (), ()) and classes:
        return f"VALUES ?this {{ {' '.join(sorted(written(kind) for kind in classes))} }}"
    kinds = [kind for wanted in root.classes for kind in below(written(wanted))]
    type_ = f"<{RDF.type}>"
    parts = [f"?this {type_} {kind}" for kind in kinds[:1]] if len(kinds) == 1 else []
    if len(kinds) > 1:
        parts.append(f"VALUES ?kind_of_this {{ {' '.join(kinds)} }} ?this {type_} ?kind_of_this")
    parts += [f"?this {written(predicate)} ?any_of_this" for predicate in root.subjects_of]
    parts += [f"?any_of_this {written(predicate)} ?this" for predicate in root.objects_of]
    if root.nodes:
        parts.append(f"VALUES ?this {{ {' '.join(written(node) for node in root.nodes)} }}")
    if len(parts) == 1 and len(kinds) == 1:
        return f"{parts[0]} ."
    return f"{{ SELECT DISTINCT ?this WHERE {{ {' UNION '.join(f'{{ {part} }}' for part in parts)} }} }}"


def write_down(raw: Graph, shapes: Graph, found: Iterable[tuple[Rule, Row]]) -> None:
    """Add each find to `raw` as a sh:ValidationResult of a sh:ValidationReport."""
    report = next(raw.subjects(RDF.type, SH.ValidationReport), None) or BNode()
    raw.add((report, RDF.type, SH.ValidationReport))
    for rule, row in found:
        result = BNode()
        raw.add((report, SH.result, result))
        for predicate, value in _said(rule, dict(zip(rule.keys, row, strict=True))):
            raw.add((result, predicate, value))
        if isinstance(rule.path, BNode):
            for triple in _tree(shapes, rule.path):
                raw.add(triple)


def _said(rule: Rule, row: dict[str, Node | None]) -> Iterator[tuple[URIRef, Node]]:
    focus = row[rule.focus]
    path = rule.path
    if isinstance(path, str) and path.startswith("?"):
        path = row[path[1:]]
    value = row[rule.value] if rule.value is not None else None
    if value is None and rule.constraint is not None and rule.path is None:
        value = focus  # a SPARQL constraint on a node shape (SHACL §5.3.2)
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, rule.severity
    yield SH.sourceConstraintComponent, rule.component
    yield SH.sourceShape, rule.shape
    for predicate, term in (
        (SH.focusNode, focus),
        (SH.value, value),
        (SH.resultPath, path),
        (SH.sourceConstraint, rule.constraint),
    ):
        if isinstance(term, Node):
            yield predicate, term


def _tree(shapes: Graph, node: Node) -> Iterator[tuple[Node, Node, Node]]:
    for triple in shapes.triples((node, None, None)):
        yield triple
        if isinstance(triple[2], BNode):
            yield from _tree(shapes, triple[2])
