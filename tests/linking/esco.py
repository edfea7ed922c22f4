"""ESCO as somebody has it on disk."""

from __future__ import annotations

from functools import cache

from linking.material import REFERENCE, background, graph
from vakgraaf.linking.candidate import Candidate
from vakgraaf.linking.matching.matcher import Matcher
from vakgraaf.linking.matching.reading import things_of
from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.linking.matching.vocabularies import vocabulary


@cache
def occupations() -> list[Thing]:
    """ESCO's occupations."""
    return vocabulary(REFERENCE / "esco_nl" / "occupations_nl.csv")


def everything() -> list[Thing]:
    """Occupations, skill groups and ISCO groups."""
    names = ("skillGroups_nl.csv", "ISCOGroups_nl.csv")
    return [*occupations(), *(thing for name in names for thing in vocabulary(REFERENCE / "esco_nl" / name))]


@cache
def occupations_for(profile: str, most: int) -> list[tuple[Candidate, str]]:
    """The candidates for the occupation that a packaged profile describes, and their labels."""
    labels = {thing.iri: thing.label for thing in occupations()}
    own = [
        thing
        for thing in things_of(graph(profile), [Kind.OCCUPATION])
        if thing.label.casefold() in profile.replace("-", " ")
    ]
    matcher = Matcher(own, occupations(), background=background(profile))
    return [(candidate, labels[candidate.object]) for candidate in matcher.all(most)]
