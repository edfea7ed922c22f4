"""What a document contradicts in itself, and what in it leads nowhere. Reported, never repaired.

Each check looks at the claims and yields findings; `CHECKS` is the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vakgraaf.ingest import contradictions, counting, loose_ends, numbering, references, slips
from vakgraaf.ingest.claims import Bevinding, Claims

Check = Callable[[Claims], Iterator[Bevinding]]
CHECKS: tuple[Check, ...] = (
    contradictions.titles,
    contradictions.competence_names,
    contradictions.matrix,
    contradictions.act_dates,
    contradictions.other_occupation,
    counting.counts,
    contradictions.branches,
    contradictions.submitted,
    numbering.chapters,
    numbering.sections,
    numbering.doubled,
    numbering.overview,
    numbering.order,
    numbering.groups,
    references.dangling,
    references.names,
    references.below,
    references.notes,
    slips.placeholders,
    slips.repeated,
    slips.dates,
    slips.acts,
    slips.years,
    slips.other_document,
    slips.items,
    slips.bare_terms,
    loose_ends.dangling_zie,
    loose_ends.doubled_terms,
    loose_ends.unfinished,
    loose_ends.headings,
    loose_ends.unread,
    loose_ends.unread_competences,
    loose_ends.unread_chapters,
)


def find(claims: Claims) -> list[Bevinding]:
    """All findings about `claims`, in the order of the lines they concern."""
    found = [finding for check in CHECKS for finding in check(claims)]
    return sorted(found, key=lambda f: (min((min(p) for p in f.places if p), default=0), f.code, f.nl))
