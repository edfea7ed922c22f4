"""Those who read what is being written, and know what they may find: nothing of before what was sure, and no half."""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from bench.contest.client import CapReached
from bench.soaking.counts import Counts
from bench.soaking.exchange import Told, exchange
from bench.soaking.lives import Lives
from bench.soaking.publishers import LEDGER, PROFILE, PROFILE_GRAPH, TRIPLES, whole
from bench.soaking.truth import Numbers, Truth
from vakgraaf.rdf.iris import BASE

_PAUSE_S = 0.03
_CSV = {"Accept": "text/csv"}
_N_TRIPLES = {"Accept": "application/n-triples"}
_LABEL = re.compile(rf'<{re.escape(BASE)}id/profiel/{PROFILE}> <[^>]*#label> "Proef (\d+)"@nl'.encode())


class Question(NamedTuple):
    """Something that can be asked of a place: where, how, and how to tell the numbers from the answer.

    What it tells is None where the answer is no whole state at all.
    """

    place: str
    path: str
    headers: dict[str, str]
    numbers: Callable[[bytes], Numbers | None]
    all_of_them: bool = False


def of_graph(place: str) -> list[Question]:
    """As a query, and as the graph itself."""
    text = f"SELECT ?n WHERE {{ GRAPH <{place}> {{ ?s <urn:soak:n> ?n }} }}"
    return [
        Question(place, f"/sparql?query={quote(text)}", _CSV, _all_the_same),
        Question(place, f"/store?graph={quote(place, safe='')}", _N_TRIPLES, _graph),
    ]


def of_ledger() -> Question:
    """Every line."""
    text = f"SELECT ?n WHERE {{ GRAPH <{LEDGER}> {{ ?s <urn:soak:n> ?n }} }}"
    return Question(LEDGER, f"/sparql?query={quote(text)}", _CSV, lambda body: frozenset(_rows(body)), True)


def of_profile() -> list[Question]:
    """Its name by a query that names no graph, and in what its page says as data."""
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    text = f"SELECT ?n WHERE {{ <{BASE}id/profiel/{PROFILE}> {label} ?l BIND (STRAFTER(?l, 'Proef ') AS ?n) }}"
    return [
        Question(PROFILE_GRAPH, f"/sparql?query={quote(text)}", _CSV, _one),
        Question(PROFILE_GRAPH, f"/doc/profiel/{PROFILE}", _N_TRIPLES, _page),
    ]


def witness(
    questions: list[Question], lives: Lives, truth: Truth, counts: Counts, ended: threading.Event, seed: int
) -> None:
    """Ask until `ended`; the same again with the ETag of before, so that 304 has to be true as well."""
    chance = random.Random(seed)
    known: dict[str, tuple[str, Numbers]] = {}
    while not ended.wait(_PAUSE_S):
        question = chance.choice(questions)
        before = truth.sure(question.place)
        tag, numbers = known.get(question.path, ("", frozenset()))
        try:
            told = exchange(lives, question.path, question.headers | ({"If-None-Match": tag} if tag else {}))
        except CapReached:
            counts.add("witness failed", f"{question.path}: no answer")
            continue
        if told.status == 304:
            _judge(question, numbers, before, truth, counts, f"304 {tag}")
        elif told.status == 200:
            found = question.numbers(told.body)
            fresh = told.headers.get("etag", "")
            if tag and fresh == tag and found != numbers:
                counts.add("witness wrong", f"{question.path}: two answers with one ETag {tag}")
            if _judge(question, found, before, truth, counts, fresh) and found is not None:
                known[question.path] = (fresh, found)
        else:
            _without_answer(question, told, before, counts)


def _without_answer(question: Question, told: Told, before: Numbers, counts: Counts) -> None:
    if told.status == 404 and not before:
        counts.add("witness: not there yet")
    elif told.excused and told.status in (0, 500, 503):
        counts.add("witness away")
    elif told.turned_away:
        counts.add("witness refused")
    else:
        counts.add("witness failed", f"{question.path}: {told.status} {told.body[:200].decode(errors='replace')}")


def _judge(question: Question, found: Numbers | None, before: Numbers, truth: Truth, counts: Counts, tag: str) -> bool:
    if question.all_of_them:
        good = found is not None and truth.are_all(question.place, found, before)
    elif found:
        good = len(found) == 1 and truth.is_latest(question.place, next(iter(found)), before)
    else:
        good = found is not None and not before
    told = "" if good else f"{question.path}: {sorted(found or ())[-5:]} after {sorted(before)[-3:]}, {tag}"
    counts.add("witness right" if good else "witness wrong", told)
    return good


def _rows(body: bytes) -> Counter[int]:
    return Counter(int(line) for line in body.split()[1:] if line.isdigit())


def _all_the_same(body: bytes) -> Numbers | None:
    rows = _rows(body)
    return frozenset(rows) if not rows or [*rows.values()] == [TRIPLES] else None


def _graph(body: bytes) -> Numbers | None:
    lines = frozenset(body.decode().strip().splitlines())
    numbers = {int(line.split('"')[1]) for line in lines}
    return frozenset(numbers) if len(numbers) == 1 and lines == whole(*numbers) else None


def _one(body: bytes) -> Numbers | None:
    rows = _rows(body)
    return frozenset(rows) if rows.total() <= 1 else None


def _page(body: bytes) -> Numbers | None:
    found = {int(number) for number in _LABEL.findall(body)}
    return frozenset(found) if len(found) <= 1 else None
