"""A made-up registry of profiles in the shape of the packaged graphs, as large as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

from bench.registry.concepts import Concepts
from bench.registry.profile import Profile

PER_PROFILE = 2000
"""About how many statements a profile has; decides how many concepts they share."""


def statements(wanted: int, seed: int = 1) -> Iterator[str]:
    """Exactly `wanted` different statements, as lines of N-Quads; equal arguments give equal lines.

    The shared concepts come first, then profile after profile; the last one is cut short.
    """
    return islice(_endless(max(1, wanted // PER_PROFILE), seed), wanted)


def _endless(profiles: int, seed: int) -> Iterator[str]:
    shared = Concepts(profiles)
    yield from shared.statements(seed)
    for number in count(1):
        yield from Profile(number, seed, shared).statements()
