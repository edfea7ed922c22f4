"""The syntax tree of a SPARQL request.

Every node knows the tokens it was read from: `first` up to but not including `last`. `Tokens.slice(node.first,
node.last)` gives its text, so a tree covers the whole text and a rewriter can leave alone what it does not change.
Expressions are not taken apart: they are spans with the groups of the EXISTS in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from vakgraaf.sparql.lexing import Tokens

TermKind = Literal["var", "iri", "literal", "blank", "triple"]


class Term(NamedTuple):
    """A term as written. `text` is without sigil for a variable; "blank" holds a label, also for `[]` and `()`."""

    kind: TermKind
    text: str


@dataclass(slots=True)
class Node:
    """What every node has: its tokens, `first` up to but not including `last`."""

    first: int
    last: int


@dataclass(slots=True)
class Path(Node):
    """A property path (SPARQL 1.1 §9). A lone IRI is a path with `operator` "iri"; others have parts.

    `operator`: iri, inverse (`^`), sequence (`/`), alternative (`|`), zero_or_more, one_or_more, zero_or_one, negated.
    """

    operator: str
    parts: list[Path]

    @property
    def may_be_empty(self) -> bool:
        """Whether a path of length zero matches."""
        if self.operator in ("zero_or_more", "zero_or_one"):
            return True
        if self.operator == "alternative":
            return any(part.may_be_empty for part in self.parts)
        return (
            self.operator in ("sequence", "inverse", "one_or_more")
            and bool(self.parts)
            and all(part.may_be_empty for part in self.parts)
        )


class Triple(NamedTuple):
    """One triple pattern; the verb is a variable or a path."""

    subject: Term
    verb: Term | Path
    object: Term


@dataclass(slots=True)
class TriplesBlock(Node):
    """Triples that stand together. `plain`: `triples` says all there is (no triple terms, reifiers, annotations)."""

    triples: list[Triple] = field(default_factory=list)
    plain: bool = True


@dataclass(slots=True)
class Exists:
    """`EXISTS {…}` or `NOT EXISTS {…}` in an expression; `first` is the token EXISTS or NOT."""

    first: int
    negated: bool
    group: Group


@dataclass(slots=True)
class Expression(Node):
    """An expression as a span; `variables` without those that only an EXISTS in it mentions."""

    variables: frozenset[str]
    exists: list[Exists]


@dataclass(slots=True)
class Group(Node):
    """`{ … }` with its elements in order (SPARQL 1.1 §5.2)."""

    elements: list[Element]


@dataclass(slots=True)
class Nested(Node):
    """`OPTIONAL`, `MINUS` or `LATERAL` and its group; `word` says which."""

    word: str
    group: Group


@dataclass(slots=True)
class Union(Node):
    """`{…} UNION {…} …`; with one branch it is a group in a group."""

    branches: list[Group]


@dataclass(slots=True)
class Graph(Node):
    """`GRAPH name {…}`."""

    name: Term
    group: Group


@dataclass(slots=True)
class Service(Node):
    """`SERVICE name {…}`."""

    silent: bool
    name: Term
    group: Group


@dataclass(slots=True)
class Filter(Node):
    """`FILTER expression`."""

    expression: Expression


@dataclass(slots=True)
class Bind(Node):
    """`BIND (expression AS ?variable)`."""

    expression: Expression
    variable: str


@dataclass(slots=True)
class Values(Node):
    """`VALUES`; in `rows` None stands for UNDEF."""

    variables: list[str]
    rows: list[list[Term | None]]


@dataclass(slots=True)
class SubSelect(Node):
    """`{ SELECT … }` in a group: the span is that of the braces."""

    select: Select


Element = TriplesBlock | Nested | Union | Graph | Service | Filter | Bind | Values | SubSelect


@dataclass(slots=True)
class Projection:
    """One column: a variable, or `(expression AS ?variable)`."""

    variable: str
    expression: Expression | None


@dataclass(slots=True)
class Select(Node):
    """A select clause with its where clause and solution modifiers.

    For ASK, CONSTRUCT and DESCRIBE the same node without a select clause (`star` False, no `columns`). `group_by`,
    `having` and `order_by` are one span each with all their expressions.
    """

    star: bool = False
    distinct: bool = False
    reduced: bool = False
    columns: list[Projection] = field(default_factory=list)
    where: Group | None = None
    group_by: Expression | None = None
    having: Expression | None = None
    order_by: Expression | None = None
    limit: int | None = None
    offset: int | None = None
    values: Values | None = None


@dataclass(slots=True)
class Dataset(Node):
    """`FROM` or `FROM NAMED`, in an update `USING` or `USING NAMED`."""

    named: bool
    graph: Term


@dataclass(slots=True)
class Prologue:
    """Prefixes with their IRIs as written (without angle brackets), and whether there is a BASE."""

    prefixes: dict[str, str] = field(default_factory=dict)
    has_base: bool = False


@dataclass(slots=True)
class Query(Node):
    """A query. `template` is that of CONSTRUCT, `described` what DESCRIBE names (None: `*`)."""

    form: str
    prologue: Prologue
    datasets: list[Dataset]
    body: Select
    template: Group | None = None
    described: list[Term] | None = None


@dataclass(slots=True)
class Operation(Node):
    """One operation of an update request (SPARQL 1.1 Update §3).

    `verb`: "INSERT DATA", "DELETE DATA", "DELETE WHERE", "MODIFY" (with `delete`, `insert`, `where`), LOAD, CLEAR,
    DROP, CREATE, ADD, MOVE or COPY. `graphs` are the graphs it names outside braces, "DEFAULT", "NAMED" and "ALL"
    among them; of LOAD the source is `source`. In ADD, MOVE and COPY the first is read and the last is written.
    """

    verb: str
    silent: bool = False
    with_graph: Term | None = None
    source: Term | None = None
    graphs: list[Term | str] = field(default_factory=list)
    using: list[Dataset] = field(default_factory=list)
    delete: Group | None = None
    insert: Group | None = None
    where: Group | None = None


@dataclass(slots=True)
class Update(Node):
    """An update request: operations in order. `prologue` has all prefixes, also those declared between operations."""

    prologue: Prologue
    operations: list[Operation]


@dataclass(slots=True)
class Tree:
    """A parsed request with its tokens."""

    tokens: Tokens
    request: Query | Update

    def text(self, node: Node) -> str:
        """The text of a node as written."""
        return self.tokens.slice(node.first, node.last)


def groups(group: Group) -> Iterator[Group]:
    """`group` and every group inside it, in EXISTS and subselects too."""
    waiting = [group]
    while waiting:
        here = waiting.pop()
        yield here
        for element in here.elements:
            waiting += inside(element)


def inside(element: Element) -> list[Group]:
    """The groups directly inside an element."""
    if isinstance(element, (Nested, Graph, Service)):
        return [element.group]
    if isinstance(element, Union):
        return element.branches
    if isinstance(element, (Filter, Bind)):
        return [exists.group for exists in element.expression.exists]
    if isinstance(element, SubSelect):
        return inside_select(element.select)
    return []


def inside_select(select: Select) -> list[Group]:
    """The groups directly inside a select: its where clause and the EXISTS of its expressions."""
    expressions = [column.expression for column in select.columns]
    expressions += [select.group_by, select.having, select.order_by]
    found = [exists.group for expression in expressions if expression for exists in expression.exists]
    return found if select.where is None else [select.where, *found]
