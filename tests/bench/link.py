"""`scripts/bench link`: how good candidates for links are, beside plain methods, and how long many of them take.

Quality is measured on judged pairs (tests/linking/gold) against files that are no part of this project; where those are
absent, only the times are printed.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from itertools import islice

from bench.contest.table import show
from bench.registry import concepts
from linking import esco
from linking.material import ABSENT, HELD_OUT, TUNED, cases
from linking.plain import fuzzy, tf_idf
from linking.quality import Quality, Ranked, ranked, together
from vakgraaf.linking.matching.matcher import Matcher
from vakgraaf.linking.matching.thing import Kind, Thing

_METHODS: dict[str, Ranked] = {"vakgraaf": ranked, "TF-IDF, cosine": tf_idf, "rapidfuzz, token_set_ratio": fuzzy}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="scripts/bench link", description=__doc__)
    parser.add_argument("--profiles", type=int, default=1000, help="so many profiles' skills (default: %(default)s)")
    parser.add_argument("--concepts", type=int, default=14_000, help="so many concepts (default: %(default)s)")
    asked = parser.parse_args()
    if ABSENT:
        print(f"Quality not measured: {ABSENT}\n")
    else:
        quality()
        occupations()
    speed(asked.profiles, asked.concepts)


def quality() -> None:
    """Precision and recall on the judged pairs, method by method."""
    rows: list[tuple[str, ...]] = [
        ("judged", "part", "method", "threshold", "precision", "offered", "recall@3", "with related")
    ]
    for kind in ("werkprocessen", "skills"):
        for name, method in _METHODS.items():
            # Each method at the threshold that does best on the tuned part: the plain ones get what ours got.
            parts = {part: [Quality.of(case, method) for case in cases(kind, part)] for part in (TUNED, HELD_OUT)}
            threshold = method.threshold or _best(together(parts[TUNED]))
            for part in (TUNED, HELD_OUT, "all"):
                chosen = together(parts[TUNED] + parts[HELD_OUT] if part == "all" else parts[part])
                precision, offered = chosen.precision(threshold)
                rows.append(
                    (
                        kind,
                        part,
                        name,
                        f"{threshold:.2f}",
                        f"{precision:.3f}",
                        str(offered),
                        f"{chosen.recall():.3f}",
                        f"{chosen.recall(related=True):.3f}",
                    )
                )
    show("Candidates against judged pairs", rows[0], rows[1:])


def _best(quality: Quality) -> float:
    """The lowest threshold with a precision of at least 0.9, else the one with the highest precision."""
    steps = [step / 100 for step in range(5, 100)]
    good = [step for step in steps if quality.precision(step)[0] >= 0.9 and quality.precision(step)[1]]
    return good[0] if good else max(steps, key=lambda step: quality.precision(step)[0])


def occupations() -> None:
    """What ESCO's occupations are offered for the occupation thuisbegeleider."""
    rows: list[tuple[str, ...]] = [("thuisbegeleider", "score", "property")]
    for candidate, label in esco.occupations_for("thuisbegeleider-2011", 5):
        rows.append((label, f"{candidate.score:.2f}", candidate.predicate.rpartition("#")[2]))
    show("ESCO occupations", rows[0], rows[1:])


def speed(profiles: int, number: int) -> None:
    """Skills of so many made-up profiles against so many concepts."""
    subjects = list(_skills(profiles))
    objects = list(_concepts(number))
    started, worked = time.perf_counter(), time.process_time()
    matcher = Matcher(subjects, objects)
    made = time.perf_counter()
    found = sum(1 for _ in matcher.all(most=5, progress=_progress))
    done = time.perf_counter()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    show(
        "Many against many",
        ("profiles", "skills", "concepts", "index", "candidates", "all", "of that worked", "found", "most memory"),
        [
            (
                str(profiles),
                str(len(subjects)),
                str(len(objects)),
                f"{made - started:.1f} s",
                f"{done - made:.1f} s",
                f"{done - started:.1f} s",
                f"{time.process_time() - worked:.1f} s",
                str(found),
                f"{megabytes:.0f} MB",
            ),
        ],
    )


def _skills(profiles: int) -> Iterator[Thing]:
    """The skills that a registry of so many profiles has (scripts/generate-registry)."""
    for number in range(concepts.Concepts(profiles).skills):
        yield Thing(f"skill:{number}", Kind.SKILL, concepts.skill_name(number))


def _concepts(number: int) -> Iterator[Thing]:
    """ESCO's occupations and groups where they are there, filled up with made-up ones."""
    real = [] if ABSENT else esco.everything()
    yield from islice(real, number)
    for filled in range(max(0, number - len(real))):
        yield Thing(f"concept:{filled}", Kind.CONCEPT, concepts.skill_name(3 * filled + 1))


def _progress(done: int, of: int) -> None:
    if done % 1000 == 0 or done == of:
        print(f"  {done} of {of}", flush=True)


if __name__ == "__main__":
    main()
