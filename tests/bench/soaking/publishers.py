"""Those who write, one after the other each; every acknowledged number is remembered, and so is every refused one."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import quote

from bench.contest.client import CapReached
from bench.soaking.counts import Counts
from bench.soaking.exchange import exchange
from bench.soaking.lives import Lives
from bench.soaking.truth import Truth
from vakgraaf.rdf.iris import BASE, VG

TOKEN = "zwaluwstaartverbinding"
LEDGER = "urn:soak:ledger"
TRIPLES = 20
PROFILE = "profiel-1"
PROFILE_GRAPH = f"{BASE}graph/register-{PROFILE}"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_BEARER = {"Authorization": f"Bearer {TOKEN}"}
_N_TRIPLES = {"Content-Type": "application/n-triples"}
_PAUSE_S = (0.1, 1.5)
_DONE = (200, 201, 204)
_SURE_OF_IT = (400, 401, 403, 413, 422, 429, 503, 507)


class Written(NamedTuple):
    """A write: method, address, headers, and the content that says a number."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    right: bool = True


Writing = Callable[[int], Written]


def whole(number: int) -> frozenset[str]:
    """The lines of a graph that says a number."""
    return frozenset(f'<urn:soak:{each}> <urn:soak:n> "{number}" .' for each in range(TRIPLES))


def graph(place: str) -> Writing:
    """PUT of a whole graph by `/store`."""
    path = f"/store?graph={quote(place, safe='')}"
    return lambda number: Written("PUT", path, _BEARER | _N_TRIPLES, "\n".join(sorted(whole(number))).encode())


def ledger(number: int) -> Written:
    """One more line by `/update`."""
    text = f'INSERT DATA {{ GRAPH <{LEDGER}> {{ <urn:soak:commit:{number}> <urn:soak:n> "{number}" }} }}'
    return Written("POST", "/update", _BEARER | {"Content-Type": "application/sparql-update"}, text.encode())


def profile(quads: Iterable[str]) -> Writing:
    """PUT of a profile, as a document that is read and published gives it: it is judged, and a version is kept."""
    end = f" <{PROFILE_GRAPH}> ."
    lines = [f"{line.strip().removesuffix(end)} ." for line in quads if line.strip().endswith(end)]
    own = f"<{BASE}id/profiel/{PROFILE}> {_LABEL}"
    rest = "\n".join(line for line in lines if not line.startswith(own))
    path = f"/store?graph={quote(PROFILE_GRAPH, safe='')}"
    return lambda number: Written("PUT", path, _BEARER | _N_TRIPLES, f'{rest}\n{own} "Proef {number}"@nl .\n'.encode())


def refused(number: int) -> Written:
    """What must not get in, in five ways: unknown, no right, malformed, against the shapes, against what is kept."""
    add = f'INSERT DATA {{ GRAPH <{LEDGER}> {{ <urn:soak:commit:{number}> <urn:soak:never> "{number}" }} }}'
    update = {"Content-Type": "application/sparql-update"}
    bad = f"<urn:soak:never:{number}> a <{VG}Beroepscompetentieprofiel> ."
    ways = (
        Written("POST", "/update", update, add.encode()),
        Written("POST", "/update", update | {"Authorization": "Bearer niet-dit-token-maar-een-ander"}, add.encode()),
        Written("POST", "/update", update | _BEARER, add[:-1].encode()),
        Written("PUT", "/store?graph=urn:soak:never", {**_BEARER, "Content-Type": "text/turtle"}, bad.encode()),
        Written(
            "POST",
            "/update",
            update | _BEARER,
            f"{add} ; INSERT DATA {{ GRAPH <{BASE}graph/afgeleid> {{ <urn:soak:never> <urn:a> 1 }} }}".encode(),
        ),
    )
    return ways[number % len(ways)]._replace(right=False)


def publish(
    place: str, writing: Writing, lives: Lives, truth: Truth, counts: Counts, ended: threading.Event, seed: int
) -> None:
    """Write until `ended`, with a pause after each."""
    chance = random.Random(seed)
    while not ended.wait(chance.uniform(*_PAUSE_S)):
        write(place, writing, lives, truth, counts)


def write(place: str, writing: Writing, lives: Lives, truth: Truth, counts: Counts) -> None:
    """Write the next number there, and remember what became of it."""
    number = truth.next(place)
    one = writing(number)
    try:
        told = exchange(lives, one.path, one.headers, one.body, one.method)
    except CapReached:
        counts.add("write failed", f"{place} {number}: no answer")
        return
    what = f"{place} {number}: {told.status} {told.body[:300].decode(errors='replace')}"
    if told.status in _DONE:
        truth.acknowledge(place, number)
        counts.add("write acknowledged" if one.right else "write wrongly acknowledged", "" if one.right else what)
    elif told.status in _SURE_OF_IT or told.body == b"refused":
        truth.refuse(place, number)
        good = not one.right or told.turned_away or told.excused
        counts.add(f"write refused: {told.status}" if good else "write failed", "" if good else what)
    else:
        counts.add("write of which nobody knows" if told.excused else "write failed", "" if told.excused else what)
