"""A mapping: one record of the Simple Standard for Sharing Ontological Mappings (SSSOM 1.0), and its status here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from vakgraaf.linking.candidate import Candidate, Ground, GroundKind
from vakgraaf.rdf.names import thing

SEMAPV = "https://w3id.org/semapv/vocab/"
SSSOM = "https://w3id.org/sssom/"
LEXICAL = SEMAPV + "LexicalMatching"
COMPOSITE = SEMAPV + "CompositeMatching"
CURATED = SEMAPV + "ManualMappingCuration"
JUSTIFICATIONS = tuple(
    SEMAPV + name
    for name in (
        "BackgroundKnowledgeBasedMatching CompositeMatching InstanceBasedMatching LexicalMatching"
        " LexicalSimilarityThresholdMatching LogicalReasoning ManualMappingCuration MappingChaining MappingInversion"
        " MappingReview SemanticSimilarityThresholdMatching StructuralMatching UnspecifiedMatching"
    ).split()
)
"""What `mapping_justification` may be (SSSOM, slot mapping_justification)."""

_LEXICAL_GROUNDS = {GroundKind.LABEL, GroundKind.ALT_LABEL, GroundKind.WORDS, GroundKind.SPELLING, GroundKind.COMPOUND}


class Status(StrEnum):
    """Where a mapping stands. The values are part of what is stored."""

    PROPOSED = "voorgesteld"
    ACCEPTED = "aangenomen"
    REJECTED = "afgewezen"


@dataclass(frozen=True, slots=True)
class Mapping:
    """One record. Identifiers are whole IRIs; what is not known is "" or None.

    `author` is the role that decided (a key of `ROLES` where it was decided here), `date` an ISO date; `extra` holds
    the columns of SSSOM and of others that have no field of their own, as (column, value).
    """

    subject: str
    predicate: str
    object: str
    justification: str
    subject_label: str = ""
    object_label: str = ""
    confidence: float | None = None
    author: str = ""
    date: str = ""
    tool: str = ""
    tool_version: str = ""
    comment: str = ""
    status: Status = Status.PROPOSED
    grounds: tuple[Ground, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the record."""
        return identity(self.subject, self.object)

    @property
    def alike(self) -> bool:
        """Whether the two are called the same, but for capitals and spaces around."""
        name = self.subject_label.strip().casefold()
        return bool(name) and name == self.object_label.strip().casefold()


def identity(subject: str, object_: str) -> str:
    """The IRI of the record about two things: the same whoever proposes it, so that what was rejected stays so."""
    digest = hashlib.sha256(f"{subject}\n{object_}".encode()).hexdigest()
    return thing("koppeling", digest[:20])


def code(record: str) -> str:
    """The last part of a record's IRI: what a person types to mean it."""
    return record.rsplit("/", 1)[-1]


def proposed(candidate: Candidate, labels: tuple[str, str], *, day: str, tool: tuple[str, str]) -> Mapping:
    """A candidate as a proposal of `day`; `labels` of subject and object, `tool` is its name and version.

    The justification is lexical where every ground is a likeness of words, else composite.
    """
    kinds = {ground.kind for ground in candidate.grounds}
    return Mapping(
        candidate.subject,
        candidate.predicate,
        candidate.object,
        LEXICAL if kinds <= _LEXICAL_GROUNDS else COMPOSITE,
        *labels,
        confidence=round(candidate.score, 4),
        date=day,
        tool=tool[0],
        tool_version=tool[1],
        grounds=candidate.grounds,
    )
