"""Evaluate one job on a store: the only place where questions meet pyoxigraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Protocol, cast

import pyoxigraph as ox

from vakgraaf.errors import SyntaxProblem, VakgraafError
from vakgraaf.rdf.prefixes import PREFIXES

# The engine would write id:skill\/x for these; the whole IRI reads better.
_SHORT = {prefix: space for prefix, space in PREFIXES.items() if prefix not in ("id", "graph")}
_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\[[^\]]*(?:\]|$)")


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is asked. With `text` a query, without it a dump of `graph` (None: all quads).

    `union` makes the default graph all named graphs together; `default_graphs` and `named_graphs`,
    where given, replace the dataset. In a dump, the properties `leave_out` are left out of the graphs `leave_out_of`.
    """

    media_type: str
    text: str | None = None
    union: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    graph: str | None = None
    leave_out: tuple[str, ...] = ()
    leave_out_of: tuple[str, ...] = ()


class Output(Protocol):
    """What an answer is written to: all that the engine uses of a binary file."""

    def write(self, data: bytes, /) -> object:
        """Take in some bytes."""

    def flush(self) -> None:
        """Nothing more comes."""


def run(store: ox.Store, job: Job, output: Output) -> None:
    """Write the answer of `job` to `output`.

    Raises `SyntaxProblem` where the query does not parse and `VakgraafError` where it cannot be evaluated.
    """
    file = cast(IO[bytes], output)  # pyoxigraph asks for a whole file and calls these two
    if job.text is None:
        _dump(store, job, file)
        return
    try:
        results = store.query(
            job.text,
            use_default_graph_as_union=job.union,
            default_graph=_nodes(job.default_graphs),
            named_graphs=_nodes(job.named_graphs),
        )
        if isinstance(results, ox.QueryTriples):
            ox.serialize(results, file, ox.RdfFormat.from_media_type(job.media_type), prefixes=_SHORT)
        else:
            results.serialize(file, ox.QueryResultsFormat.from_media_type(job.media_type))
    except SyntaxError as error:
        raise syntax_problem(error) from error
    except (ValueError, RuntimeError) as error:
        raise VakgraafError(
            f"De vraag kan niet worden beantwoord: {error}.", f"The query cannot be answered: {error}."
        ) from error


def syntax_problem(error: SyntaxError) -> SyntaxProblem:
    """The engine's complaint about a query as ours: with its place, without the character classes of its grammar."""
    match = _POSITION.match(str(error))
    if match is None:
        return SyntaxProblem(f"De vraag klopt niet: {error}.", f"The query is not valid: {error}.")
    line, column = int(match[1]), int(match[2])
    wanted = ", ".join(
        part
        for part in (p.strip() for p in _CHARACTER_CLASS.sub("", match[3]).removeprefix("one of ").split(","))
        if part and part != "<unreported>"
    )
    nl = f"Regel {line}, kolom {column}: hier klopt de vraag niet"
    en = f"Line {line}, column {column}: the query is not valid here"
    if wanted:
        nl, en = f"{nl}; verwacht: {wanted}", f"{en}; expected: {wanted}"
    return SyntaxProblem(nl + ".", en + ".", line, column)


def _dump(store: ox.Store, job: Job, output: IO[bytes]) -> None:
    form = ox.RdfFormat.from_media_type(job.media_type)
    if job.graph is not None:
        graph = ox.NamedNode(job.graph)
        if not job.leave_out:
            store.dump(output, form, from_graph=graph, prefixes=_SHORT)
            return
        ox.serialize((quad.triple for quad in _kept(store, graph, job)), output, form, prefixes=_SHORT)
        return
    # Not store.dump: the unnamed graph of a replica holds the merge of all others.
    quads = (quad for name in store.named_graphs() for quad in _kept(store, name, job))
    ox.serialize(quads, output, form, prefixes=_SHORT)


def _kept(store: ox.Store, graph: ox.NamedNode | ox.BlankNode, job: Job) -> Iterator[ox.Quad]:
    left_out = job.leave_out if graph.value in job.leave_out_of else ()
    for quad in store.quads_for_pattern(None, None, None, graph):
        if quad.predicate.value not in left_out:
            yield quad


def _nodes(iris: tuple[str, ...] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]
