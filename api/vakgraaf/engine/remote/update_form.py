"""An update as it is passed on: what it may not ask of another server, and what that has to be told beside it."""

from __future__ import annotations

from vakgraaf.engine.interface import Update
from vakgraaf.engine.prologues import gathered
from vakgraaf.engine.remote.kinds import Kind, Parameters
from vakgraaf.errors import QueryRefused, SyntaxProblem
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.tree import Graph, Group, Operation, Service, TriplesBlock, groups, inside
from vakgraaf.sparql.tree import Update as UpdateTree


def fields(change: Update, kind: Kind, *, union: bool) -> Parameters:
    """The fields of the form for `kind` (Protocol §2.2); with `union` patterns read all graphs together, if it can.

    Raises `SyntaxProblem` for what cannot be read, and `QueryRefused` for LOAD and SERVICE, which the other server
    might follow, and where it cannot be told the dataset of all operations of one request.
    """
    operations = _read(change.text)
    _refuse_reaching_out(operations)
    text = gathered(change.text) if kind.one_prologue else change.text
    default, named = change.dataset.default_graphs, change.dataset.named_graphs
    if default is not None or named is not None:
        given = [("using-graph-uri", iri) for iri in default or ()]
        given += [("using-named-graph-uri", iri) for iri in named or ()]
        return (("update", text), *given)
    return (("update", text), *(_union(operations, kind) if union else ()))


def _read(text: str) -> list[Operation]:
    try:
        request = parse(text).request
    except NotUnderstood as error:
        raise SyntaxProblem(
            f"De update is niet te lezen ({error}).", f"The update cannot be read ({error})."
        ) from error
    if not isinstance(request, UpdateTree):
        raise SyntaxProblem("Dit is een vraag en geen update.", "This is a query and not an update.")
    return request.operations


def _refuse_reaching_out(operations: list[Operation]) -> None:
    for operation in operations:
        patterns = [
            group for top in (operation.where, operation.delete, operation.insert) if top for group in groups(top)
        ]
        if operation.verb == "LOAD" or any(isinstance(e, Service) for group in patterns for e in group.elements):
            raise QueryRefused(
                "LOAD en SERVICE worden niet doorgegeven aan de server die de gegevens heeft.",
                "LOAD and SERVICE are not passed on to the server that has the data.",
            )


def _union(operations: list[Operation], kind: Kind) -> Parameters:
    """What makes patterns read all graphs together, where there is one that would read the unnamed graph."""
    own = [bool(operation.using or operation.with_graph) for operation in operations]
    plain = any(
        operation.where is not None and not says and _reads_default(operation.where)
        for operation, says in zip(operations, own, strict=True)
    )
    if not plain or not kind.union_using:
        return ()
    if any(own):
        raise QueryRefused(
            "In deze update staan bewerkingen met WITH of USING en bewerkingen die alle grafen samen lezen. De server"
            " die de gegevens heeft kan dat niet in één keer: stuur ze apart, of noem de grafen met USING of GRAPH.",
            "This update has operations with WITH or USING and operations that read all graphs together. The server"
            " that has the data cannot do both at once: send them apart, or name the graphs with USING or GRAPH.",
        )
    return kind.union_using


def _reads_default(pattern: Group) -> bool:
    """Whether there are triples in a pattern that stand in no GRAPH."""
    waiting = [pattern]
    while waiting:
        for element in waiting.pop().elements:
            if isinstance(element, TriplesBlock):
                return True
            if not isinstance(element, Graph):
                waiting += inside(element)
    return False
