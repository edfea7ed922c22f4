"""The partitions of VoID as triples: by class, within it by property, within that by class or datatype of the values.

Each has an IRI of its own, made of the names of what it is a partition of, so that it stays the same from one count to
the next. Only the whole is divided like this, not each graph: SPARQL editors look for the partitions of graphs first
and, where they find any, for no others; and the class of a thing often stands in another graph than what it has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from vakgraaf.engine.statistics import UNNAMED, Statistics, Use
from vakgraaf.rdf.names import BASE, DATASET, VOID
from vakgraaf.rdf.prefixes import PREFIXES

MOST_CLASSES = 1000
"""Of how many classes, the largest first, the use of properties is told: a description must stay readable."""

_LOCAL = re.compile(r"[A-Za-z0-9_-]+")
_VOID = PREFIXES["void"]
_VOID_EXT = PREFIXES["void-ext"]


class Statement(NamedTuple):
    """A triple whose subject and predicate are IRIs; the object is an IRI or a number."""

    subject: str
    predicate: str
    object: str | int


def partitions(found: Statistics) -> Iterator[Statement]:
    """All partitions of the whole."""
    for name, n in sorted(found.properties.items()):
        node = f"{VOID}#eigenschap.{key(name)}"
        yield Statement(DATASET, _VOID + "propertyPartition", node)
        yield Statement(node, _VOID + "property", name)
        yield Statement(node, _VOID + "triples", n)
    for klasse, n in sorted(found.classes.items()):
        node = class_partition(klasse)
        yield Statement(DATASET, _VOID + "classPartition", node)
        yield Statement(node, _VOID + "class", klasse)
        yield Statement(node, _VOID + "entities", n)
    told = set(sorted(found.classes, key=lambda name: (-found.classes[name], name))[:MOST_CLASSES])
    for use, n in sorted(found.uses.items()):
        if use.klasse in told:
            yield from _use(use, n)


def subset(graph: str) -> str:
    """The IRI of the dataset that a named graph is, as VoID and the catalogue call it; "" is the unnamed graph."""
    if graph == UNNAMED:
        return f"{VOID}#naamloze-graaf"
    name = graph.removeprefix(BASE + "graph/")
    return f"{VOID}#graaf.{name}" if _LOCAL.fullmatch(name) else f"{VOID}#graaf.{key(graph)}"


def _use(use: Use, n: int) -> Iterator[Statement]:
    above = class_partition(use.klasse)
    node = f"{above}.{key(use.name)}"
    if not use.target:
        yield Statement(above, _VOID + "propertyPartition", node)
        yield Statement(node, _VOID + "property", use.name)
        yield Statement(node, _VOID + "triples", n)
        return
    below = f"{node}.{key(use.target)}"
    if use.is_class:
        yield Statement(node, _VOID + "classPartition", below)
        yield Statement(below, _VOID + "class", use.target)
    else:
        yield Statement(node, _VOID_EXT + "datatypePartition", below)
        yield Statement(below, _VOID_EXT + "datatype", use.target)
    yield Statement(below, _VOID + "triples", n)


def class_partition(klasse: str) -> str:
    """The IRI of the partition of a class."""
    return f"{VOID}#klasse.{key(klasse)}"


def key(iri: str) -> str:
    """A name for `iri` that fits in a fragment and has no dot: `vg_Kerntaak`, else a digest of it."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
            return f"{prefix}_{iri[len(space) :]}"
    return "x_" + hashlib.sha256(iri.encode()).hexdigest()[:16]
