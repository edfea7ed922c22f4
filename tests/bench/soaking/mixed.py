"""Clients that ask questions with known answers, and one that asks `ASK {}` beside them, to see how long that takes."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence

from bench.contest.client import JSON, CapReached, NotAnswered, ask
from bench.soaking.counts import Counts
from bench.soaking.exchange import excused_by
from bench.soaking.known import Known
from bench.soaking.lives import Lives

_CAP_S = 45.0
_PAUSE_S = 0.02


def client(lives: Lives, questions: Sequence[Known], counts: Counts, ended: threading.Event, seed: int) -> None:
    """Ask one question after the other until `ended`; half of them with a comment that makes the text a new one."""
    chance = random.Random(seed)
    while not ended.wait(_PAUSE_S):
        known = chance.choice(questions)
        text = f"{known.query}\n#{chance.random()}" if chance.random() < 0.5 else known.query
        begun = time.monotonic()
        try:
            reply = ask(lives.url, text, known.accept, _CAP_S)
        except NotAnswered as error:
            if excused_by(lives, begun, error):
                counts.add("away: mixed")
                continue
            # With Retry-After a refusal is a proper answer under load, as long as it stays rare.
            counts.add("mixed refused" if str(error).startswith("503") else "mixed failed", str(error))
        except CapReached:
            counts.add("mixed failed", f"no answer in {_CAP_S:.0f} s: {known.query}")
        else:
            right = known.right(reply.body)
            counts.add("mixed right" if right else "mixed wrong", "" if right else known.query)


def probe(lives: Lives, counts: Counts, ended: threading.Event) -> None:
    """Ask `ASK {}`, each time as a new text, five times a second."""
    number = 0
    while not ended.wait(0.2):
        number += 1
        begun = time.monotonic()
        try:
            reply = ask(lives.url, f"ASK {{}} #{number}-{begun}", JSON, _CAP_S)
        except (NotAnswered, CapReached) as error:
            if isinstance(error, NotAnswered) and excused_by(lives, begun, error):
                counts.add("away: probe")
            elif str(error).startswith("503"):
                counts.add("probe refused")
            else:
                counts.add("probe failed", f"{type(error).__name__} {error}")
        else:
            if not lives.excuses(begun):
                counts.probe((time.monotonic() - begun) * 1000)
            counts.add("probe right" if b"true" in reply.body else "probe wrong")
