"""From the text of a query or an update request to its syntax tree, in linear time."""

from __future__ import annotations

from vakgraaf.sparql.lexing import NotUnderstood, tokens
from vakgraaf.sparql.patterns import PatternReader
from vakgraaf.sparql.tree import Dataset, Operation, Prologue, Query, Select, Term, Tree, Update

_WHOLE = ("DEFAULT", "NAMED", "ALL")


def parse(text: str) -> Tree:
    """The tree of a query or an update request (SPARQL 1.1, and 1.2 as far as known here).

    Takes what the engine takes and more: it is no validator. Raises `NotUnderstood` at anything it does not know, so
    that the caller can go on without a tree.
    """
    reader = _RequestReader(tokens(text))
    prologue = Prologue()
    reader.prologue(prologue)
    request: Query | Update
    if reader.kinds[reader.at] in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
        request = reader.query(prologue)
    else:
        request = reader.update(prologue)
    reader.take("end")
    return Tree(reader.tokens, request)


class _RequestReader(PatternReader):
    """Reads what stands outside all braces."""

    def prologue(self, prologue: Prologue) -> None:
        while True:
            if self.passes("PREFIX"):
                prefix = self.tokens.at(self.at)
                self.take("name")
                iri = self.tokens.at(self.at)
                self.take("iri")
                if not prefix.endswith(":"):
                    raise NotUnderstood("a prefix ends with a colon")
                prologue.prefixes[prefix[:-1]] = iri[1:-1]
            elif self.passes("BASE"):
                self.take("iri")
                prologue.has_base = True
            elif self.passes("VERSION"):
                self.take("string")
            else:
                return

    def query(self, prologue: Prologue) -> Query:
        first, form = self.at, self.kinds[self.at]
        query = Query(first, first, form, prologue, [], Select(first, first))
        body = query.body
        if form == "SELECT":
            self.select_clause(body)
            if not body.star and not body.columns:
                raise NotUnderstood("nothing is selected")
        else:
            self.at += 1
            if form == "CONSTRUCT" and self.kinds[self.at] == "{":
                query.template = self.group()
            elif form == "DESCRIBE":
                query.described = self._described()
        query.datasets = self._datasets("FROM")
        if form != "DESCRIBE" or self.kinds[self.at] in ("WHERE", "{"):
            self.where_clause(body)
        self.modifiers(body)
        body.last = query.last = self.at
        return query

    def _described(self) -> list[Term] | None:
        if self.passes("*"):
            return None
        named = []
        while self.kinds[self.at] in ("var", "iri", "name"):
            named.append(self.name())
        return named

    def _datasets(self, word: str) -> list[Dataset]:
        found = []
        while self.kinds[self.at] == word:
            first = self.at
            self.at += 1
            named = self.passes("NAMED")
            graph = self.name()
            found.append(Dataset(first, self.at, named, graph))
        return found

    def update(self, prologue: Prologue) -> Update:
        first = self.at
        update = Update(first, first, prologue, [])
        while self.kinds[self.at] != "end":
            update.operations.append(self._operation())
            if not self.passes(";"):
                break
            self.prologue(prologue)
        update.last = self.at
        return update

    def _operation(self) -> Operation:
        first, verb = self.at, self.kinds[self.at]
        operation = Operation(first, first, verb)
        if verb in ("LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"):
            self.at += 1
            operation.silent = self.passes("SILENT")
            self._targets(operation)
        elif verb in ("INSERT", "DELETE") and self.kinds[self.at + 1] in ("DATA", "WHERE"):
            operation.verb = f"{verb} {self.kinds[self.at + 1]}"
            self.at += 2
            group = self.group()
            if operation.verb == "DELETE WHERE":
                operation.where = group
            elif verb == "INSERT":
                operation.insert = group
            else:
                operation.delete = group
        else:
            self._modify(operation)
        operation.last = self.at
        return operation

    def _modify(self, operation: Operation) -> None:
        operation.verb = "MODIFY"
        if self.passes("WITH"):
            operation.with_graph = self.name()
        if self.passes("DELETE"):
            operation.delete = self.group()
        if self.passes("INSERT"):
            operation.insert = self.group()
        if operation.delete is None and operation.insert is None:
            raise NotUnderstood(f"no operation at {self.tokens.starts[operation.first]}")
        operation.using = self._datasets("USING")
        self.take("WHERE")
        operation.where = self.group_or_select()

    def _targets(self, operation: Operation) -> None:
        if operation.verb == "LOAD":
            operation.source = self.name()
            if self.passes("INTO"):
                self.take("GRAPH")
                operation.graphs.append(self.name())
            return
        operation.graphs.append(self._target())
        if operation.verb in ("ADD", "MOVE", "COPY"):
            self.take("TO")
            operation.graphs.append(self._target())

    def _target(self) -> Term | str:
        kind = self.kinds[self.at]
        if kind in _WHOLE:
            self.at += 1
            return kind
        self.passes("GRAPH")
        return self.name()
