"""Versions of profiles' graphs: what a graph was before it was replaced is kept, in a file beside the snapshots.

A version is a graph with a name of its own, `…/graph/versie/{name}/{number}`, of which no other graph and no union
knows: it costs a query nothing that does not name it. What the derived graph said of its things is beside it, in
`…/{number}/afgeleid`. Which versions there are is in the graph `versies`, which is written with the change itself.
"""

from __future__ import annotations

import base64
import gzip
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox

from vakgraaf.engine.ledger import Graph, Ledger
from vakgraaf.engine.packaged import DERIVED_GRAPH, ONTOLOGY_GRAPH, VERSIONS_GRAPH
from vakgraaf.engine.state import sync
from vakgraaf.rdf.names import BASE, DEF
from vakgraaf.rdf.prefixes import PREFIXES

KEPT = BASE + "graph/versie/"
"""What the name of a version begins with; nothing else has such a name."""
DERIVED_TOO = "/afgeleid"

_GRAPHS = BASE + "graph/"
_PLAIN = re.compile(r"[\w.-]{1,255}", re.ASCII)
"""What a folder can be called: no file system takes a longer name."""
_NAME = re.compile(rf"{re.escape(KEPT)}({_PLAIN.pattern}/[0-9]{{1,18}})(?:{DERIVED_TOO})?", re.ASCII)
_MARK = "versie"
_BEFORE = r"\b(?:GRAPH|FROM|NAMED)\s*"
_WRITTEN = re.compile(rf"{_BEFORE}<([^<>\s]*)>", re.IGNORECASE)
_PREFIX = re.compile(r"PREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
_VERSIONS = ox.NamedNode(VERSIONS_GRAPH)


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


_TYPE, _LABEL, _SUBCLASS = _term("rdf:type"), _term("rdfs:label"), _term("rdfs:subClassOf")
_STARTED, _ENDED = _term("prov:generatedAtTime"), _term("prov:invalidatedAtTime")
_OF, _HAS, _AFTER = _term("dct:isVersionOf"), _term("dct:hasVersion"), _term("prov:wasRevisionOf")
_ISSUED, _NUMBER, _TOPIC = _term("dct:issued"), _term("dcat:version"), _term("foaf:primaryTopic")
_PROFILE, _STUB = ox.NamedNode(f"{DEF}Profiel"), ox.NamedNode(f"{DEF}Stub")
_DATE_TIME = ox.NamedNode(PREFIXES["xsd"] + "dateTime")


def is_version(graph: str) -> bool:
    """Whether this is the name of a version, or what followed from one."""
    return graph.startswith(KEPT)


def named_in(text: str) -> tuple[str, ...]:
    """The versions that a query names after GRAPH or FROM: whole, relative to the base, or with a prefix."""
    if _MARK not in text:
        return ()
    found = {urljoin(BASE, written) for written in _WRITTEN.findall(text)}
    for prefix, space in _PREFIX.findall(text):
        space = urljoin(BASE, space)
        if space.startswith(_GRAPHS):
            locals_ = re.findall(rf"{_BEFORE}{re.escape(prefix)}:((?:[\w.-]|\\[/.~-])+)", text, re.IGNORECASE)
            found |= {space + local.replace("\\", "").rstrip(".") for local in locals_}
    return tuple(sorted(name for name in found if _NAME.fullmatch(name)))


def packed(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """The versions of these names that there are, as `content` gives them, in Base64."""
    stems = {name.removesuffix(DERIVED_TOO) for name in names if is_version(name)}
    there = (content(folder, stem) for stem in sorted(stems))
    return tuple(base64.b64encode(one).decode() for one in there if one is not None)


def place(folder: Path, version: str) -> Path | None:
    """The file that holds a version, there or not; None for what cannot be the name of one."""
    found = _NAME.fullmatch(version)
    return folder / f"{found[1]}.nq.gz" if found and ".." not in found[1] else None


def content(folder: Path, version: str) -> bytes | None:
    """A version and what followed from it, as compressed N-Quads; None where there is none of that name."""
    path = place(folder, version)
    try:
        return path.read_bytes() if path else None
    except FileNotFoundError:
        return None


def quads(content: bytes) -> Iterator[ox.Quad]:
    """What `content` gives, as quads."""
    return ox.parse(gzip.decompress(content), ox.RdfFormat.N_QUADS, lenient=True)


def profiles_of(store: ox.Store, graph: Graph) -> list[ox.NamedNode]:
    """The profiles that a graph is about: what it says to be a vg:Profiel, or of a subclass, and not a vg:Stub."""
    classes, todo = {_PROFILE}, [_PROFILE]
    while todo:
        below = store.quads_for_pattern(None, _SUBCLASS, todo.pop(), ox.NamedNode(ONTOLOGY_GRAPH))
        new = {q.subject for q in below if isinstance(q.subject, ox.NamedNode)} - classes
        classes |= new
        todo += new
    found = {q.subject for klasse in classes for q in store.quads_for_pattern(None, _TYPE, klasse, graph)}
    named = (one for one in found if isinstance(one, ox.NamedNode))
    return sorted((one for one in named if ox.Quad(one, _TYPE, _STUB, graph) not in store), key=str)


@dataclass(slots=True)
class Keeping:
    """Versions in the making: written down, but of no consequence before the change that made them counts."""

    folder: Path
    ledger: Ledger
    moment: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))

    def keep(self) -> None:
        """Keep what the graphs of profiles were that this change replaces, and say so in the graph `versies`."""
        before: ox.Store | None = None
        for graph in self.ledger.replaced():
            if isinstance(graph, ox.NamedNode) and not is_version(graph.value) and graph.value != VERSIONS_GRAPH:
                before = before or self.ledger.before()
                self._graph(graph, before)

    def sweep(self) -> None:
        """Take away the files of versions that this change took off the list, once that counts."""
        for version in self.ledger.forgotten:
            path = place(self.folder, version)
            if path is not None:
                with suppress(OSError):  # the change counts already, and no list names the file
                    path.unlink(missing_ok=True)

    def _graph(self, graph: ox.NamedNode, before: ox.Store) -> None:
        now = self.ledger.store
        was, becomes = profiles_of(before, graph), profiles_of(now, graph)
        if not (was or becomes):
            return
        old = set(before.quads_for_pattern(None, None, None, graph))
        if old and _same(old, set(now.quads_for_pattern(None, None, None, graph))):
            return
        about = [q for p in (_STARTED, _ENDED) for q in now.quads_for_pattern(graph, p, None, _VERSIONS)]
        started = next((q.object for q in about if q.predicate == _STARTED), None)
        if was:
            self._version(graph, old, was, before, started)
        self.ledger.remove(about)
        self._say(graph, _STARTED if becomes else _ENDED, self._time())

    def _version(
        self,
        graph: ox.NamedNode,
        old: set[ox.Quad],
        profiles: list[ox.NamedNode],
        before: ox.Store,
        started: object,
    ) -> None:
        known = [q.object for q in self.ledger.store.quads_for_pattern(graph, _HAS, None, _VERSIONS)]
        numbers = {int(one.value.rpartition("/")[2]): one for one in known if isinstance(one, ox.NamedNode)}
        last = max(numbers, default=0)
        version = ox.NamedNode(f"{KEPT}{called(graph.value)}/{last + 1}")
        path = place(self.folder, version.value)
        assert path is not None
        _write(path, (*_renamed(old, version), *_followed(old, before, version)))
        self._say(version, _TYPE, _term("prov:Entity"))
        self._say(version, _OF, graph)
        self._say(version, _NUMBER, ox.Literal(str(last + 1)))
        self._say(version, _ENDED, self._time())
        if isinstance(started, ox.Literal):
            self._say(version, _ISSUED, started)
        for profile in profiles:
            self._say(version, _TOPIC, profile)
        for label in (q.object for one in profiles for q in before.quads_for_pattern(one, _LABEL, None, graph)):
            if isinstance(label, ox.Literal):
                word = "version" if label.language == "en" else "versie"
                named = ox.Literal(f"{label.value}, {word} {last + 1}", language=label.language or "nl")
                self._say(version, _LABEL, named)
        if last:
            self._say(version, _AFTER, numbers[last])
        after = list(self.ledger.store.quads_for_pattern(graph, _AFTER, None, _VERSIONS))
        self.ledger.remove(after)
        self._say(graph, _AFTER, version)
        self._say(graph, _HAS, version)

    def _time(self) -> ox.Literal:
        return ox.Literal(self.moment, datatype=_DATE_TIME)

    def _say(self, subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> None:
        self.ledger.add([ox.Quad(subject, predicate, value, _VERSIONS)])


def known(store: ox.Store) -> list[str]:
    """The versions that are on the list of a store, sorted."""
    found = {quad.subject for quad in store.quads_for_pattern(None, _OF, None, _VERSIONS)}
    return sorted(one.value for one in found if isinstance(one, ox.NamedNode) and is_version(one.value))


def listed(store: ox.Store, found: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads of versions that are on the list of a store: a file may be there too early, or too long."""
    known: dict[str, bool] = {}
    kept = []
    for quad in found:
        assert isinstance(quad.graph_name, ox.NamedNode)  # as `_write` has it
        name = quad.graph_name.value.removesuffix(DERIVED_TOO)
        if name not in known:
            said = store.quads_for_pattern(ox.NamedNode(name), _OF, None, _VERSIONS)
            known[name] = next(said, None) is not None
        if known[name]:
            kept.append(quad)
    return kept


def forget(version: ox.NamedNode, ledger: Ledger) -> bool:
    """Take a version off the list; False where it is not on it. Its file is of no consequence then."""
    about = list(ledger.store.quads_for_pattern(version, None, None, _VERSIONS))
    pointing = list(ledger.store.quads_for_pattern(None, None, version, _VERSIONS))
    ledger.remove((*about, *pointing))
    ledger.forgotten.append(version.value)
    return bool(about)


def _same(one: set[ox.Quad], other: set[ox.Quad]) -> bool:
    """Whether two graphs say the same, whatever their blank nodes are called."""
    blank = any(isinstance(term, ox.BlankNode) for quad in one - other for term in (quad.subject, quad.object))
    if one == other or len(one) != len(other) or not blank:
        return one == other
    left, right = ox.Dataset(one), ox.Dataset(other)
    for each in (left, right):
        each.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return left == right


def called(graph: str) -> str:
    """A graph within the names of what is kept of it: as it is called here, else readable and its own."""
    name = graph.removeprefix(_GRAPHS)
    if graph.startswith(_GRAPHS) and _PLAIN.fullmatch(name) and ".." not in name:
        return name
    readable = re.sub(r"[^\w]+", "-", graph.partition(":")[2] or graph, flags=re.ASCII).strip("-")
    return f"{readable[:80]}-{sha256(graph.encode()).hexdigest()[:12]}"


def _renamed(old: Iterable[ox.Quad], version: ox.NamedNode) -> Iterator[ox.Quad]:
    return (ox.Quad(q.subject, q.predicate, q.object, version) for q in old)


def _followed(old: Iterable[ox.Quad], before: ox.Store, version: ox.NamedNode) -> Iterator[ox.Quad]:
    """What the derived graph said of the things of a graph."""
    derived, home = ox.NamedNode(DERIVED_GRAPH), ox.NamedNode(version.value + DERIVED_TOO)
    for subject in {q.subject for q in old}:
        yield from _renamed(before.quads_for_pattern(subject, None, None, derived), home)


def _write(path: Path, found: Iterable[ox.Quad]) -> None:
    """Write down quads, whole or not at all; the same quads give the same bytes."""
    lines = sorted(bytes(ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    new = not path.parent.is_dir()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(gzip.compress(b"".join(lines), compresslevel=3, mtime=0))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)
    if new:  # else the name of the folder itself could be lost with the power
        sync(path.parent.parent)
        sync(path.parent.parent.parent)
