"""What the compiler makes of shapes: rules, each one question, and what an answer to it means."""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.engine.scratch import Row
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.terms import path_of, read_by

TARGET = "«target»"
"""Stands in the text of a rule for the pattern that binds the focus nodes of its root to ?this."""

PROPERTIES = "VALUES ?{} {{ «properties» }}"
"""The pattern that binds a variable to each property that there is; to be filled in twice."""

EVERYTHING: frozenset[Node] = frozenset()
"""Stands for the properties that are read where any may be."""


def class_test(variable: str, wanted: str) -> str:
    """Stands for the test on the class of `?variable`, until the subclasses are known. `wanted` is as written."""
    return f"«{variable} {wanted}»"


@dataclass(frozen=True, slots=True)
class Rule:
    """`text` asks; every row of its `keys` is one result about `?focus`, with `?value` where there is one.

    `path` is what sh:resultPath says; "?name" takes it from the row. `constraint` is the SPARQL constraint. Where
    the question `doubt` is answered with yes, the values are not of the kind that the rule was made for. For the
    last five see `joining.Joined`.
    """

    text: str
    keys: tuple[str, ...]
    focus: str
    value: str | None
    shape: Node
    severity: Node
    component: URIRef
    path: Node | str | None
    constraint: Node | None = None
    doubt: str | None = None
    by_property: str | None = None
    opening: str | None = None
    suspects: str | None = None
    names_all: bool = False
    needs: tuple[URIRef, ...] = ()

    def this(self, row: Row) -> Node | None:
        """Which thing a row is about."""
        return row[self.keys.index("this")]


@dataclass(slots=True)
class Reading:
    """The shapes graph while one root is compiled, and what its rules will read of the data.

    `reads_nothing`: a path of length zero may do, which the store only sees from a node that is in the graph.
    """

    shapes: Graph
    parameters: frozenset[Node]
    names: int = 0
    reads: set[Node] = field(default_factory=set)
    reads_everything: bool = False
    reads_nothing: bool = False

    def fresh(self, stem: str) -> str:
        """A variable that no other pattern uses."""
        self.names += 1
        return f"{stem}_{self.names}"

    def values(self, shape: Node, parameter: URIRef) -> list[Node]:
        """The values of a parameter, in a fixed order."""
        return sorted(self.shapes.objects(shape, parameter), key=lambda node: (type(node).__name__, str(node)))

    def one(self, shape: Node, parameter: URIRef) -> Node | None:
        """The only value, if there is one. Raises `Refused` where there are more."""
        found = self.values(shape, parameter)
        if len(found) > 1:
            raise Refused(f"more than one {parameter}")
        return found[0] if found else None

    def number(self, shape: Node, parameter: URIRef) -> int | None:
        """A count. Raises `Refused` where it is something else."""
        found = self.one(shape, parameter)
        if found is None:
            return None
        value = found.value if isinstance(found, Literal) else None
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise Refused(f"no count: {found!r}")
        return value

    def switch(self, shape: Node, parameter: URIRef) -> bool:
        """Whether something is on. Raises `Refused` for any spelling but true and false."""
        found = self.one(shape, parameter)
        if found is None or str(found) == "false":
            return False
        if isinstance(found, Literal) and found.value is True and str(found) == "true":
            return True
        raise Refused(f"no switch: {found!r}")

    def path(self, shape: Node) -> tuple[Node | None, str]:
        """The path of a property shape and how it is written; None and nothing for a node shape."""
        path = self.one(shape, SH.path)
        if path is None:
            return None, ""
        self.reads |= read_by(self.shapes, path)
        text = path_of(self.shapes, path)
        self.reads_nothing |= ")*" in text or ")?" in text
        return path, text

    def severity(self, shape: Node) -> Node:
        """The severity of the results of a shape (SHACL §2.1.4)."""
        return self.one(shape, SH.severity) or SH.Violation

    def everything(self) -> bool:
        """Remember that any property may be read."""
        self.reads_everything = True
        return True
