"""Afterwards: is everything there that was acknowledged, and nothing that was refused; also after another start?"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from bench.contest.client import JSON
from bench.soaking.counts import Counts
from bench.soaking.exchange import exchange
from bench.soaking.lives import Lives
from bench.soaking.truth import Truth
from bench.soaking.witnesses import Question

_NEVER = (
    "ASK { GRAPH ?g { { ?s <urn:soak:never> ?o } UNION { <urn:soak:never> ?p ?o }"
    " UNION { ?x ?p ?o FILTER STRSTARTS(STR(?x), 'urn:soak:never') } } }"
)


def audit(questions: list[Question], lives: Lives, truth: Truth, counts: Counts) -> None:
    """Look now, after a stop and a start, and after a kill and a start; each finding is counted as `audit …`."""
    for how in (None, signal.SIGTERM, signal.SIGKILL):
        if how is not None:
            lives.restart(how)
        for question in questions:
            _look(question, lives, truth, counts)
        told = exchange(lives, f"/sparql?query={quote(_NEVER)}", {"Accept": JSON})
        never = told.status == 200 and b"false" in told.body
        counts.add("audit right" if never else "audit: there is something that was refused")


def verified(state: Path, counts: Counts) -> None:
    """`vakgraaf info --verify` of the store, once the server has gone."""
    command = [sys.executable, "-P", "-m", "vakgraaf", "info", "--verify", "--store", str(state)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    counts.add("audit right" if ended.returncode == 0 else "audit: not whole", ended.stdout * bool(ended.returncode))


def _look(question: Question, lives: Lives, truth: Truth, counts: Counts) -> None:
    before = truth.sure(question.place)
    told = exchange(lives, question.path, question.headers)
    found = question.numbers(told.body) if told.status == 200 else None
    if found is None:
        counts.add("audit: no whole answer", f"{question.path}: {told.status}")
        return
    if question.all_of_them:
        lost = before - found
    else:
        latest = any(truth.is_latest(question.place, number, before) for number in found)
        lost = frozenset() if latest or not before else frozenset({max(before)})
    extra = found & truth.refused(question.place)
    for number in sorted(lost):
        counts.add("audit: lost", f"{question.path}: {number}")
    for number in sorted(extra):
        counts.add("audit: there is something that was refused", f"{question.path}: {number}")
    if not lost and not extra:
        counts.add("audit right")
