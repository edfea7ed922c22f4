"""Proposals for a scope: what of one collection may correspond to what of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from rdflib import Graph

from vakgraaf.engine import LocalStore
from vakgraaf.errors import InputError
from vakgraaf.linking.mappings.mapping import Mapping, proposed
from vakgraaf.linking.matching.matcher import Matcher, Progress, names_of_occupations
from vakgraaf.linking.matching.reading import synonyms_of, things_of
from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.linking.matching.vocabularies import vocabulary
from vakgraaf.pipeline.exchange import export
from vakgraaf.rdf.formats import N_TRIPLES

TOOL = "Vakgraaf"
KINDS = tuple(Kind)


class Collection(NamedTuple):
    """Things to be matched, and words that mean the same according to where they come from.

    `foreign`: from a vocabulary of others, in which a concept may be of any kind.
    """

    things: tuple[Thing, ...]
    synonyms: tuple[tuple[str, str], ...] = ()
    foreign: bool = False


def collection(store: LocalStore, name: str) -> Collection:
    """What is in a file (a vocabulary: CSV of ESCO, or any SKOS), or else in the graph of that name in the store.

    Raises `UnreadableInput`, `SyntaxProblem`, and `UnknownThing` where there is neither.
    """
    path = Path(name)
    if path.is_file():
        return Collection(tuple(vocabulary(path)), foreign=True)
    graph = Graph().parse(data=b"".join(export(store, name, N_TRIPLES)), format="nt")
    return Collection(tuple(things_of(graph)), tuple(synonyms_of(graph)))


def proposals(
    left: Collection,
    right: Collection,
    known: Iterable[str],
    today: date,
    kinds: Iterable[Kind] = KINDS,
    most: int = 3,
    progress: Progress | None = None,
) -> Iterator[Mapping]:
    """New proposals, at most `most` for each thing on the left; nothing on which there is a record already.

    Like is held against like, and everything against the concepts of a vocabulary that does not say what they are. What
    was rejected is known, and so never comes back.
    """
    if most < 1:
        raise InputError("Vraag minstens één voorstel per ding.", "Ask for at least one proposal for each thing.")
    there = set(known)
    both = [*left.things, *right.things]
    labels = {thing.iri: thing.label for thing in both}
    background = [text for thing in left.things for text in (*thing.labels, thing.text)]
    tool = (TOOL, version("vakgraaf"))
    for kind in kinds:
        subjects = [thing for thing in left.things if thing.kind is kind]
        like = {kind, Kind.CONCEPT} if right.foreign else {kind}
        objects = [thing for thing in right.things if thing.kind in like]
        if not subjects or not objects:
            continue
        synonyms = (*left.synonyms, *right.synonyms)
        matcher = Matcher(subjects, objects, names_of_occupations(left.things), synonyms, background)
        for candidate in matcher.all(most, progress=progress):
            names = labels[candidate.subject], labels[candidate.object]
            mapping = proposed(candidate, names, day=today.isoformat(), tool=tool)
            if mapping.iri not in there:
                there.add(mapping.iri)
                yield mapping
