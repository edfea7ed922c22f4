"""The ingest report: what was understood of a document, what was not, and what is odd. As text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import RDF

from vakgraaf.ingest.accounting import totals
from vakgraaf.ingest.claims import Bevinding, Lines
from vakgraaf.ingest.document import Understood
from vakgraaf.rdf.iris import VG

# Class → its name in the report, Dutch and English, in reading order.
COUNTED = (
    (VG.Kerntaak, "kerntaken", "kerntaken"),
    (VG.Werkproces, "werkprocessen", "werkprocessen"),
    (VG.Taakgebied, "taakgebieden", "groups of tasks"),
    (VG.Skillvereiste, "vereisten van vakkennis en vaardigheden", "demands of knowledge and skills"),
    (VG.Skill, "verschillende skills", "distinct skills"),
    (VG.Competentievereiste, "competentievereisten", "competence demands"),
    (VG.Dilemma, "dilemma's", "dilemmas"),
    (VG.Aanvulling, "aanvullingen per branche", "supplements per branch"),
    (VG.Paragraaf, "paragrafen", "sections"),
    (VG.Ontwikkeling, "ontwikkelingen", "developments"),
    (VG.Voetnoot, "voetnoten", "footnotes"),
    (VG.Begrip, "begrippen", "glossary entries"),
    (VG.Bron, "bronnen", "sources"),
    (VG.Deelname, "deelnames", "seats"),
    (VG.Validering, "valideringen", "validations"),
    (VG.Legitimering, "legitimeringen", "legitimations"),
    (VG.Passage, "passages", "passages"),
)
_WORDS = {
    "nl": {
        "read": "Begrepen",
        "lines": "Regels",
        "claimed": "in de graaf",
        "furniture": "paginaopmaak",
        "structure": "structuur",
        "unclaimed": "niet geplaatst",
        "findings": "Bevindingen in het document",
        "none": "geen",
        "near": "Bijna gelijke skills, niet samengevoegd",
        "inside": "de een omvat de ander",
        "kinds": "Skills met twee soorten",
        "at": "regel",
        "triples": "triples",
        "waarschuwing": "waarschuwing",
        "info": "info",
        "fout": "fout",
    },
    "en": {
        "read": "Understood",
        "lines": "Lines",
        "claimed": "in the graph",
        "furniture": "page furniture",
        "structure": "structure",
        "unclaimed": "unclaimed",
        "findings": "Findings in the document",
        "none": "none",
        "near": "Skills that look alike, not merged",
        "inside": "one holds the other",
        "kinds": "Skills of two kinds",
        "at": "line",
        "triples": "triples",
        "waarschuwing": "warning",
        "info": "info",
        "fout": "error",
    },
}


def as_text(document: Understood, language: str = "nl") -> str:
    """The report for people, in Dutch or English."""
    return "\n".join(_lines(document, "en" if language == "en" else "nl")) + "\n"


def _lines(document: Understood, language: str) -> Iterator[str]:
    words = _WORDS[language]
    yield f"{document.claims.title}  ({document.text.name}, {len(document.built.graph)} {words['triples']})"
    yield f"  {words['read']}:"
    for klasse, nl, en in COUNTED:
        if count := sum(1 for _ in document.built.graph.subjects(RDF.type, klasse)):
            yield f"    {en if language == 'en' else nl}: {count}"
    fates = totals(document.accounts)
    yield f"  {words['lines']}: " + ", ".join(f"{count} {words[fate]}" for fate, count in fates.items())
    for entry in document.accounts:
        if entry.fate == "unclaimed":
            yield f"    {words['at']} {entry.line}: {document.text.line(entry.line).strip()}"
    yield f"  {words['findings']}: {len(document.findings) or words['none']}"
    for finding in document.findings:
        places = "; ".join(f"{words['at']} {_span(place)}" for place in finding.places)
        yield f"    [{words[finding.ernst]}] {getattr(finding, language)} ({places})"
    if document.near_misses:
        yield f"  {words['near']}:"
        for a, b, score in document.near_misses:
            yield f"    {a.label} | {b.label} ({words['inside'] if score is None else f'{score}%'})"
    if document.conflicts:
        yield f"  {words['kinds']}:"
        yield from (f"    {c.wording}: {c.soort} / {c.skill.soort}" for c in document.conflicts)


def _span(place: Lines) -> str:
    first, last = min(place), max(place)
    return str(first) if first == last else f"{first}–{last}"


def as_data(document: Understood) -> dict[str, Any]:
    """The report for machines, every line accounted for."""
    graph = document.built.graph
    return {
        "document": document.text.name,
        "sha256": document.text.sha256,
        "title": document.claims.title,
        "profiel": document.claims.reference,
        "triples": len(graph),
        "counts": {
            str(klasse).split("#")[1]: sum(1 for _ in graph.subjects(RDF.type, klasse)) for klasse, _, _ in COUNTED
        },
        "lines": totals(document.accounts),
        "accounts": [{"line": a.line, "fate": a.fate, "claimedBy": list(a.claimed_by)} for a in document.accounts],
        "findings": [_finding(finding) for finding in document.findings],
        "nearMisses": [{"a": a.iri, "b": b.iri, "score": s} for a, b, s in document.near_misses],
        "kindConflicts": [{"skill": c.skill.iri, "wording": c.wording, "kind": c.soort} for c in document.conflicts],
    }


def _finding(finding: Bevinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.ernst,
        "message": {"nl": finding.nl, "en": finding.en},
        "places": [sorted(place) for place in finding.places],
    }
