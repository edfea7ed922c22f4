"""Evaluate one job on a store: the only place where questions meet pyoxigraph."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import IO, Any, NamedTuple, Protocol, cast

import pyoxigraph as ox

from vakgraaf.engine.complaint import syntax_problem
from vakgraaf.engine.explaining import clauses, explained
from vakgraaf.engine.graph_names import named_node
from vakgraaf.engine.interface import UNNAMED
from vakgraaf.engine.merging import together
from vakgraaf.engine.replica import Replica
from vakgraaf.engine.serialising import Results, write_graph, write_results, write_statements
from vakgraaf.engine.widening import with_versions
from vakgraaf.errors import InputError, UnknownThing
from vakgraaf.rdf.names import BASE
from vakgraaf.sparql.rewriting.alike import rewritten

_BASE = BASE
"""What relative IRIs in a query are relative to, where it has no BASE of its own (RFC 3986 §5.1.4)."""


_FROM = re.compile("FROM", re.IGNORECASE)
_UNKNOWN_FUNCTION = re.compile("The custom function (<.*>) is not supported")


class Job(NamedTuple):
    """What a worker is asked. With `text` a query, without it a dump of `graph`.

    Without `graph` all quads are dumped, with `UNNAMED` the unnamed graph. `default_graphs` and `named_graphs`, where
    given, replace the dataset. In a dump, the properties `leave_out` are left out of the graphs `leave_out_of`. With
    `rewrite` the query is put in an order that knows the data, where the replica has statistics. Without `names_graphs`
    it looks at the default graph alone.
    `versions` are versions of graphs that the query or the dump names, as `versions.content` gives them, in Base64.
    With `explain` nothing is evaluated: the answer is what would be (`explaining.explained`).
    """

    media_type: str
    text: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    graph: str | None = None
    leave_out: tuple[str, ...] = ()
    leave_out_of: tuple[str, ...] = ()
    rewrite: bool = True
    names_graphs: bool = True
    explain: bool = False
    versions: tuple[str, ...] = ()

    def packed(self, seconds: float) -> bytes:
        """As it goes to a worker, with how long it may take. That is the same program, so Python's own form will do."""
        return marshal.dumps((seconds, tuple(self)))

    @staticmethod
    def unpacked(payload: bytes) -> tuple[Job, float]:
        """What `packed` made this of."""
        seconds, fields = marshal.loads(payload)
        return Job(*fields), seconds


class Output(Protocol):
    """What an answer is written to: all that the engine uses of a binary file."""

    def write(self, data: bytes, /) -> object:
        """Take in some bytes."""

    def flush(self) -> None:
        """Nothing more comes."""


def run(replica: Replica, job: Job, output: Output) -> None:
    """Write the answer of `job` to `output`.

    Raises `SyntaxProblem` where the query does not parse, `UnknownThing` where the graph to be dumped is not there,
    `NotExpressible` where the format cannot hold the answer, and `InputError` where a graph is named by no IRI or the
    query cannot be evaluated, as with a function that nobody knows.
    """
    file = cast("IO[bytes]", output)  # pyoxigraph asks for a whole file and calls these two
    if job.versions:
        dataset = _dataset(job)
        names = None if dataset is None else [*dataset[0], *dataset[1]]
        with with_versions(replica, job.versions, names) as wider:
            run(wider, job._replace(versions=()), output)
        return
    if job.text is None:
        _dump(replica, job, file)
        return
    if job.explain:
        output.write(explained(job.text, replica.statistics, rewriting=job.rewrite))
        return
    try:
        results = _results(replica, job, job.text)
        write_results(results, file, job.media_type)
    except SyntaxError as error:
        raise syntax_problem(error, job.text) from error
    except (ValueError, RuntimeError) as error:
        raise _unanswerable(error) from error


def _unanswerable(error: Exception) -> InputError:
    unknown = _UNKNOWN_FUNCTION.fullmatch(str(error))
    if unknown is not None:
        return InputError(
            f"Deze server kent de functie {unknown[1]} niet; welke er zijn naast die van SPARQL, staat in de"
            " beschrijving van de dienst.",
            f"This server does not know the function {unknown[1]}; the service description lists those there are beside"
            " SPARQL's own.",
        )
    return InputError(f"De vraag kan niet worden beantwoord: {error}.", f"The query cannot be answered: {error}.")


def _results(replica: Replica, job: Job, text: str) -> Results:
    """The results of a query, rewritten where that helps; complaints are always about the query as it was asked."""

    store = replica.store if job.names_graphs else replica.merge
    given = (job.default_graphs, job.named_graphs)
    default, named = (None if names is None else _nodes(names) for names in given)
    repeated = _repeated(job, text)
    if repeated is not None:
        store, default, named = together(store, *repeated, text)

    def ask(text: str) -> Results:
        return store.query(text, base_iri=_BASE, default_graph=default, named_graphs=named)

    better = rewritten(text, replica.statistics) if job.rewrite else text
    if better != text:
        with suppress(SyntaxError):
            return ask(better)
    return ask(text)


def _repeated(job: Job, text: str) -> tuple[list[Any], list[Any]] | None:
    """The graphs of the dataset, where a triple or a graph might be in it more than once."""
    if not _protocol_says(job) and not (job.names_graphs and len(_FROM.findall(text)) > 1):
        return None
    dataset = _dataset(job)
    if dataset is None or (len(dataset[0]) < 2 and len(dataset[1]) < 2):
        return None
    default, named = (_nodes(names) for names in dataset)
    return default, named


def _protocol_says(job: Job) -> bool:
    return job.default_graphs is not None or job.named_graphs is not None


def _dataset(job: Job) -> tuple[Sequence[str], Sequence[str]] | None:
    """The default and the named graphs that a job is about, where it says which; they need not be there."""
    if _protocol_says(job) or job.text is None:
        return job.default_graphs or (), job.named_graphs or ()
    return clauses(job.text)


def _dump(replica: Replica, job: Job, output: IO[bytes]) -> None:
    store = replica.store
    if job.graph == UNNAMED:
        write_graph(replica.unnamed, ox.DefaultGraph(), output, job.media_type)
        return
    if job.graph is not None:
        graph = named_node(job.graph)
        if not store.contains_named_graph(graph):
            raise UnknownThing(f"Er is geen graaf <{job.graph}>.", f"There is no graph <{job.graph}>.")
        if not job.leave_out:
            write_graph(store, graph, output, job.media_type)
            return
        write_statements((quad.triple for quad in _kept(store, graph, job)), output, job.media_type)
        return
    # Not store.dump: the unnamed graph of a replica holds the merge of all others.
    unnamed = replica.unnamed.quads_for_pattern(None, None, None, ox.DefaultGraph())
    named = (quad for name in store.named_graphs() for quad in _kept(store, name, job))
    write_statements(chain(unnamed, named), output, job.media_type)


def _kept(store: ox.Store, graph: ox.NamedNode | ox.BlankNode, job: Job) -> Iterator[ox.Quad]:
    left_out = job.leave_out if graph.value in job.leave_out_of else ()
    for quad in store.quads_for_pattern(None, None, None, graph):
        if quad.predicate.value not in left_out:
            yield quad


def _nodes(names: Iterable[str]) -> list[Any]:
    """The graphs of a dataset. Raises `InputError` for a name that is no IRI."""
    return [named_node(name) for name in names]
