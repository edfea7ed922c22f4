"""Clients that ask questions with known answers, and one that asks `ASK {}` beside them, to see how long that takes."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence

from bench.contest.client import JSON, CapReached, NotAnswered, ask
from bench.soaking.counts import Counts
from bench.soaking.known import Known

_CAP_S = 45.0
_PAUSE_S = 0.02


def client(url: str, questions: Sequence[Known], counts: Counts, ended: threading.Event, seed: int) -> None:
    """Ask one question after the other until `ended`; half of them with a comment that makes the text a new one."""
    chance = random.Random(seed)
    while not ended.wait(_PAUSE_S):
        known = chance.choice(questions)
        text = f"{known.query}\n#{chance.random()}" if chance.random() < 0.5 else known.query
        try:
            reply = ask(url, text, known.accept, _CAP_S)
        except NotAnswered as error:
            # With Retry-After a refusal is a proper answer under load, as long as it stays rare.
            counts.add("mixed refused" if str(error).startswith("503") else "mixed failed", str(error))
        except CapReached:
            counts.add("mixed failed", f"no answer in {_CAP_S:.0f} s: {known.query}")
        else:
            right = known.right(reply.body)
            counts.add("mixed right" if right else "mixed wrong", "" if right else known.query)


def probe(url: str, counts: Counts, ended: threading.Event) -> None:
    """Ask `ASK {}`, each time as a new text, five times a second."""
    number = 0
    while not ended.wait(0.2):
        number += 1
        begun = time.perf_counter()
        try:
            reply = ask(url, f"ASK {{}} #{number}-{begun}", JSON, _CAP_S)
        except (NotAnswered, CapReached) as error:
            counts.add("probe failed", f"{type(error).__name__} {error}")
        else:
            counts.probe((time.perf_counter() - begun) * 1000)
            counts.add("probe right" if b"true" in reply.body else "probe wrong")
