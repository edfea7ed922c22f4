"""Questions of which the right answer is known before the server is asked."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bench.contest.client import JSON
from vakgraaf.rdf.iris import BASE, VG

CSV = "text/csv"
_HEAD = f"PREFIX vg: <{VG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
_PROFILE = f"<{BASE}id/profiel/profiel-{{}}>"
_ONE_PROFILE = (
    "SELECT ?p ?o WHERE {{ {profile} ?p ?o }}",
    "SELECT ?k ?naam WHERE {{ {profile} vg:heeftKerntaak ?k . ?k rdfs:label ?naam }}",
    "SELECT ?w ?tekst WHERE {{ {profile} vg:heeftKerntaak/vg:heeftWerkproces ?w . ?w vg:heeftVereiste/vg:formulering"
    " ?tekst }}",
    "ASK {{ {profile} vg:heeftKerntaak ?k }}",
)
_ALL = (
    "SELECT ?branche (COUNT(*) AS ?n) WHERE { ?p vg:geldtVoor ?branche } GROUP BY ?branche",
    "SELECT ?skill (COUNT(?v) AS ?n) WHERE { ?v a vg:Skillvereiste ; vg:betreft ?skill } GROUP BY ?skill",
    "SELECT ?w ?l WHERE { ?w a vg:Werkproces ; rdfs:label ?l } ORDER BY ?l ?w LIMIT 40 OFFSET 100",
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'medicatie')) }",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A question, the type to ask for, and the answer in a form in which the order of rows plays no part."""

    query: str
    accept: str
    answer: tuple[bytes, ...]

    def right(self, body: bytes) -> bool:
        """Whether these bytes say the same."""
        return _canonical(self.accept, body) == self.answer


def known_questions(data: Path, chance: random.Random) -> list[Known]:
    """Cheap and middling questions about a registry, answered by the engine without a server around it."""
    store = ox.Store()
    quads = ox.parse(path=data, format=ox.RdfFormat.N_QUADS)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    numbers = chance.sample(range(2, 30), 12)  # the first is written to meanwhile
    cheap = [form.format(profile=_PROFILE.format(number)) for number in numbers for form in _ONE_PROFILE]
    return [_known(store, _HEAD + text) for text in (*cheap, *_ALL)]


def _known(store: ox.Store, query: str) -> Known:
    results, output = store.query(query), io.BytesIO()
    is_table = isinstance(results, ox.QuerySolutions)
    assert isinstance(results, ox.QuerySolutions | ox.QueryBoolean)
    accept = CSV if is_table else JSON
    results.serialize(output, ox.QueryResultsFormat.CSV if is_table else ox.QueryResultsFormat.JSON)
    return Known(query, accept, _canonical(accept, output.getvalue()))


def _canonical(accept: str, body: bytes) -> tuple[bytes, ...]:
    if accept == CSV:
        return tuple(sorted(body.replace(b"\r", b"").split(b"\n")))
    return (b"true" if b"true" in body else b"false",)
