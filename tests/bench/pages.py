"""`scripts/bench pages`: how long pages take, on what comes with the program and on a made-up registry.

Eight readers at once, each kind of page in turn: as it is made for the first time (nothing is kept), as it is kept, and
as a browser that has it asks whether it is still the same (304). Beside it one generic page of the same triples, made
by rdflib. Times are in ms; processor time is that of the web process and that of its readers, in ms a page.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from bench.browsing import read, tags_of
from bench.contest.contestant import Contestant
from bench.contest.table import short, show
from bench.contest.vakgraaf_server import Vakgraaf
from bench.registry import statements
from bench.searching import await_index
from vakgraaf.rdf.iris import BASE, VG

_PREFIXES = f"PREFIX vg: <{VG}> PREFIX dct: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
_THINGS = {
    "profile": "?s a vg:Profiel",
    "kerntaak": "?s a vg:Kerntaak",
    "werkproces": "?s a vg:Werkproces",
    "skill with many users": "{ SELECT ?s (COUNT(?x) AS ?n) { ?x vg:betreft ?s } GROUP BY ?s"
    " ORDER BY DESC(?n) LIMIT 40 }",
    "passage": "?s a vg:Passage",
    "generic": "?s a dct:BibliographicResource",
}
_WORD = re.compile(r"[^\W\d_]{4,}")
_SEARCH = "search"
_KEPT_NOTHING = {"VAKGRAAF_RESULT_CACHE_MB": "0", "VAKGRAAF_SEARCH_AFTER_S": "0"}


class PlainPages(Contestant):
    """rdflib's generic page."""

    name = "rdflib"
    ready_s = 3600.0

    def load(self, data: Path) -> None:
        """Take in N-Quads as one graph."""
        self._data = self.folder / "data.nt"
        seen = {f"{quad.triple} .\n" for quad in ox.parse(path=data, format=ox.RdfFormat.N_QUADS)}
        self._data.write_text("".join(seen), "utf-8")

    def command(self) -> Sequence[str]:
        return (sys.executable, "-m", "bench.plain_pages", str(self._data), str(self.port))


def main() -> None:
    """Start servers, read, print."""
    parser = argparse.ArgumentParser(prog="scripts/bench pages", description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000, help="size of the registry (default: %(default)s)")
    parser.add_argument("--state", type=Path, help="a state directory that is ready, instead; it is copied")
    parser.add_argument("--only", choices=("packaged", "registry"), help="only one of the two")
    parser.add_argument("--seconds", type=float, default=5, help="how long for each number (default: %(default)s)")
    parser.add_argument("--clients", type=int, default=8, help="how many read at once (default: %(default)s)")
    parser.add_argument("--alone", action="store_true", help="without rdflib, which takes minutes to load a registry")
    parser.add_argument("--kinds", help="only kinds of pages with this in their name")
    asked = parser.parse_args()
    for what in ("packaged", "registry"):
        if asked.only in (None, what):
            with tempfile.TemporaryDirectory(prefix="vakgraaf-pages-") as where:
                _measure(what, Path(where), asked)


def _measure(what: str, where: Path, asked: argparse.Namespace) -> None:
    server = Vakgraaf(where / "vakgraaf")
    _fill(server, where, what, asked)
    with _running(server, _KEPT_NOTHING):
        kinds = {kind: paths for kind, paths in _kinds(server) if paths and (asked.kinds or "") in kind}
        first = {kind: _row(server, kind, paths, asked) for kind, paths in kinds.items()}
    with _running(server, {}):
        again = {kind: _again(server, kind, paths[:50], asked) for kind, paths in kinds.items()}
    peer = {} if asked.alone else _peer(server, where, kinds, asked)
    header = ["kind", "pages", "KB", "p50", "p95", "web", "readers", "kept p50", "304 p50", "rdflib p50", "p95"]
    rows = [(kind, str(len(kinds[kind])), *first[kind], *again[kind], *peer.get(kind, ("", ""))) for kind in kinds]
    show(f"Pages of the {what} data, {asked.clients} readers", header, rows)


def _fill(server: Vakgraaf, where: Path, what: str, asked: argparse.Namespace) -> None:
    if what == "packaged":
        return  # it fills itself
    if asked.state:
        shutil.copytree(asked.state, server.state)
        return
    data = where / "registry.nq"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(statements(asked.statements))
    server.load(data)


@contextmanager
def _running(server: Contestant, environment: Mapping[str, str]) -> Iterator[None]:
    if isinstance(server, Vakgraaf):
        server.settings = environment
    server.start()
    try:
        yield
    finally:
        server.stop()


def _row(server: Vakgraaf, kind: str, paths: Sequence[str], asked: argparse.Namespace) -> tuple[str, ...]:
    if kind == _SEARCH:
        await_index(server.port)
    tags_of(server.port, paths[:2])  # templates are compiled
    found = read(server.port, server.pid, paths, asked.clients, asked.seconds)
    print(f"  {kind}: {found.p50:.1f} ms, {found.web:.1f} ms of the web process", flush=True)
    return tuple(map(short, (found.size / 1000, found.p50, found.p95, found.web, found.others)))


def _again(server: Vakgraaf, kind: str, paths: Sequence[str], asked: argparse.Namespace) -> tuple[str, str]:
    if kind == _SEARCH:
        await_index(server.port)
    tags = tags_of(server.port, paths)
    kept = read(server.port, server.pid, paths, asked.clients, asked.seconds)
    if len(tags) < len(paths):
        return short(kept.p50), "-"
    same = read(server.port, server.pid, paths, asked.clients, asked.seconds, tags)
    return short(kept.p50), short(same.p50)


def _peer(
    server: Vakgraaf, where: Path, kinds: Mapping[str, Sequence[str]], asked: argparse.Namespace
) -> dict[str, tuple[str, str]]:
    """The same things at rdflib's server; searches, comparisons and sources it has none of."""
    quads = where / "all.nq"
    server.export(quads)
    plain = PlainPages(where / "plain")
    plain.load(quads)
    found = {}
    with _running(plain, {}):
        for kind, paths in kinds.items():
            if kind in _THINGS:
                result = read(plain.port, plain.pid, paths, asked.clients, asked.seconds)
                found[kind] = (short(result.p50), short(result.p95))
    return found


def _kinds(server: Vakgraaf) -> Iterator[tuple[str, list[str]]]:
    """Kind of page → paths; different ones in turn."""
    for kind, pattern in _THINGS.items():
        yield kind, [_page(thing) for thing in _select(server, pattern)]
    dice = random.Random(1)
    words = [
        word
        for text in _select(server, "?x <http://www.w3.org/2000/01/rdf-schema#label> ?s")
        for word in _WORD.findall(text)
    ]
    yield _SEARCH, [f"/search?{urlencode({'q': word})}" for word in dice.sample(words, min(300, len(words)))]
    listed = _select(server, "?s a vg:Profiel FILTER NOT EXISTS { ?s a vg:Stub }")
    profiles = [thing.removeprefix(f"{BASE}id/profiel/") for thing in listed]
    pairs = [(a, b) for a in profiles[:25] for b in profiles[:25] if a != b]
    yield "compare", [f"/compare?{urlencode({'a': a, 'b': b})}" for a, b in dice.sample(pairs, min(300, len(pairs)))]
    documents = _select(server, "?s a vg:Brondocument . ?p vg:brondocument ?s")
    yield "source", [f"/sources/{quote(one.rpartition('/')[2])}" for one in documents]


def _page(thing: str) -> str:
    return "/doc/" + quote(thing.removeprefix(f"{BASE}id/"), safe="/:@!$&()*+,;=~")


def _select(server: Vakgraaf, pattern: str) -> list[str]:
    query = f"{_PREFIXES}SELECT DISTINCT ?s WHERE {{ {pattern} }} ORDER BY MD5(STR(?s)) LIMIT 400"
    bindings = json.loads(_get(server, f"/sparql?{urlencode({'query': query, 'format': 'json'})}")[1])["results"][
        "bindings"
    ]
    found = [row["s"]["value"] for row in bindings]
    return [one for one in found if not one.startswith("http") or one.startswith(f"{BASE}id/")]


def _get(server: Vakgraaf, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


if __name__ == "__main__":
    main()
