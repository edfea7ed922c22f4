"""Reading groups, expressions and select clauses (SPARQL 1.2 §19.8, SelectQuery to GroupGraphPattern)."""

from __future__ import annotations

from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.tree import (
    Bind,
    Element,
    Exists,
    Expression,
    Filter,
    Graph,
    Group,
    Nested,
    Projection,
    Select,
    Service,
    SubSelect,
    Term,
    TriplesBlock,
    Union,
    Values,
)
from vakgraaf.sparql.triples import STARTS_SUBJECT, TripleReader

_OPEN = frozenset(("(", "[", "<<", "<<("))
_CLOSE = frozenset((")", "]", ">>", ")>>"))
_OPERANDS = frozenset(("var", "iri", "name", "string", "number", "lang", ")", "]", "TRUE", "FALSE"))
_MODIFIERS = frozenset(("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "end", "}", ";"))


class PatternReader(TripleReader):
    """Reads what stands between braces."""

    def group(self) -> Group:
        """`{ … }` that is not a subselect."""
        first = self.at
        self.take("{")
        self.deeper()
        elements: list[Element] = []
        while not self.passes("}"):
            element = self._element()
            elements.append(element)
            if isinstance(element, TriplesBlock):
                # The block ate its own dots; without one at its end no other triple may follow.
                if self.kinds[self.at - 1] != "." and self.kinds[self.at] in STARTS_SUBJECT:
                    raise NotUnderstood(f"a dot is missing at {self.tokens.starts[self.at]}")
            else:
                self.passes(".")
        self.higher()
        return Group(first, self.at, elements)

    def _element(self) -> Element:
        first, kind = self.at, self.kinds[self.at]
        if kind in ("OPTIONAL", "MINUS", "LATERAL"):
            self.at += 1
            group = self.group_or_select()
            return Nested(first, self.at, kind, group)
        if kind == "GRAPH":
            self.at += 1
            name = self.name()
            group = self.group_or_select()
            return Graph(first, self.at, name, group)
        if kind == "SERVICE":
            self.at += 1
            silent = self.passes("SILENT")
            name = self.name()
            group = self.group_or_select()
            return Service(first, self.at, silent, name, group)
        if kind == "FILTER":
            self.at += 1
            expression = self.constraint()
            return Filter(first, self.at, expression)
        if kind == "BIND":
            return self._bind()
        if kind == "VALUES":
            return self.values()
        if kind == "{":
            return self._braces()
        block = self.triples_block()
        if block.last == block.first:
            raise NotUnderstood(f"no pattern at {self.tokens.starts[first]}")
        return block

    def _braces(self) -> Element:
        first = self.at
        if self.kinds[first + 1] == "SELECT":
            element = self._subselect()
            if self.kinds[self.at] != "UNION":
                return element
            branches = [Group(element.first, element.last, [element])]
        else:
            branches = [self.group()]
        while self.passes("UNION"):
            branches.append(self.group_or_select())
        return Union(first, self.at, branches)

    def group_or_select(self) -> Group:
        """A group; a subselect as a group of its own tokens that holds only that."""
        if self.kinds[self.at] == "{" and self.kinds[self.at + 1] == "SELECT":
            subselect = self._subselect()
            return Group(subselect.first, subselect.last, [subselect])
        return self.group()

    def _subselect(self) -> SubSelect:
        first = self.at
        self.take("{")
        self.deeper()
        select = self.select()
        self.take("}")
        self.higher()
        return SubSelect(first, self.at, select)

    def _bind(self) -> Bind:
        first = self.at
        self.at += 1
        self.take("(")
        expression = self._until_as()
        variable = self.variable()
        self.take(")")
        return Bind(first, self.at, expression, variable)

    def values(self) -> Values:
        """A VALUES block, inside a group or after a query."""
        first = self.at
        self.take("VALUES")
        rows: list[list[Term | None]] = []
        if self.kinds[self.at] == "var":
            variables = [self.variable()]
            self.take("{")
            while not self.passes("}"):
                rows.append([self._value()])
            return Values(first, self.at, variables, rows)
        self.take("(")
        variables = []
        while not self.passes(")"):
            variables.append(self.variable())
        self.take("{")
        while not self.passes("}"):
            self.take("(")
            row: list[Term | None] = []
            while not self.passes(")"):
                row.append(self._value())
            rows.append(row)
        return Values(first, self.at, variables, rows)

    def _value(self) -> Term | None:
        if self.passes("UNDEF"):
            return None
        block = TriplesBlock(self.at, self.at)
        term = self._node(block)
        if block.triples or term.kind == "var":
            raise NotUnderstood("VALUES holds terms only")
        return term

    def select(self) -> Select:
        """SELECT with all that belongs to it, but for dataset clauses: those a query reads itself."""
        select = Select(self.at, self.at)
        self.select_clause(select)
        self.where_clause(select)
        self.modifiers(select)
        select.last = self.at
        return select

    def select_clause(self, select: Select) -> None:
        """From SELECT up to what follows the columns."""
        self.take("SELECT")
        select.distinct = self.passes("DISTINCT")
        select.reduced = not select.distinct and self.passes("REDUCED")
        if self.passes("*"):
            select.star = True
            return
        while True:
            if self.kinds[self.at] == "var":
                select.columns.append(Projection(self.variable(), None))
            elif self.passes("("):
                expression = self._until_as()
                select.columns.append(Projection(self.variable(), expression))
                self.take(")")
            else:
                return

    def where_clause(self, select: Select) -> None:
        """The group, with or without the word before it."""
        self.passes("WHERE")
        select.where = self.group_or_select()

    def modifiers(self, select: Select) -> None:
        """GROUP BY to VALUES, all of them optional."""
        if self.passes("GROUP"):
            self.take("BY")
            select.group_by = self._span()
        if self.passes("HAVING"):
            select.having = self._span()
        if self.passes("ORDER"):
            self.take("BY")
            select.order_by = self._span()
        while self.kinds[self.at] in ("LIMIT", "OFFSET"):
            word = self.kinds[self.at]
            self.at += 1
            number = self.tokens.at(self.at)
            self.take("number")
            if not number.isdigit():
                raise NotUnderstood("a limit is a whole number")
            if word == "LIMIT":
                select.limit = int(number)
            else:
                select.offset = int(number)
        if self.kinds[self.at] == "VALUES":
            select.values = self.values()

    def constraint(self) -> Expression:
        """What stands after FILTER: brackets, a call, or EXISTS."""
        first = self.at
        kind = self.kinds[first]
        if kind in ("EXISTS", "NOT"):
            exists = self._exists()
            return Expression(first, self.at, frozenset(), [exists])
        if kind != "(":
            self.at += 1
            if self.kinds[self.at] != "(" or not (kind.isupper() or kind in ("iri", "name")):
                raise NotUnderstood(f"no constraint at {self.tokens.starts[first]}")
        found: list[Exists] = []
        self._brackets(found)
        return self._expression(first, found)

    def _span(self) -> Expression:
        """Expressions up to the next solution modifier."""
        first = self.at
        found: list[Exists] = []
        while self.kinds[self.at] not in _MODIFIERS:
            self._token(found)
        if self.at == first:
            raise NotUnderstood("an empty clause")
        return self._expression(first, found)

    def _until_as(self) -> Expression:
        first = self.at
        found: list[Exists] = []
        while self.kinds[self.at] != "AS":
            self._token(found)
        expression = self._expression(first, found)
        self.at += 1
        return expression

    def _brackets(self, found: list[Exists]) -> None:
        """From an opening bracket to its closing one, without recursion."""
        depth = 0
        while True:
            kind = self.kinds[self.at]
            if kind in _OPEN:
                depth += 1
            elif kind in _CLOSE:
                depth -= 1
            self._inner(kind, found)
            if depth == 0:
                return

    def _token(self, found: list[Exists]) -> None:
        kind = self.kinds[self.at]
        if kind in _OPEN:
            self._brackets(found)
        elif kind in _CLOSE:
            raise NotUnderstood("a bracket too many")
        else:
            self._inner(kind, found)

    def _inner(self, kind: str, found: list[Exists]) -> None:
        """One token of an expression, or a whole EXISTS."""
        if kind == "EXISTS" or (kind == "NOT" and self.kinds[self.at + 1] == "EXISTS"):
            found.append(self._exists())
            return
        if kind in ("{", "}", "end", "."):
            raise NotUnderstood(f"not in an expression: {kind}")
        if kind == "iri" and self.kinds[self.at - 1] in _OPERANDS:
            raise NotUnderstood("an IRI or two comparisons: who can tell")
        self.at += 1

    def _exists(self) -> Exists:
        first = self.at
        negated = self.passes("NOT")
        self.take("EXISTS")
        return Exists(first, negated, self.group_or_select())

    def _expression(self, first: int, found: list[Exists]) -> Expression:
        """The span from `first` to here; its variables are those outside the EXISTS in it."""
        names: set[str] = set()
        start = first
        for exists in found:
            names |= self.tokens.variables(start, exists.first)
            start = exists.group.last
        return Expression(first, self.at, frozenset(names | self.tokens.variables(start, self.at)), found)
