"""One document, understood: the steps of ingest in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vakgraaf.errors import NotConforming
from vakgraaf.ingest.accounting import LineAccount, account
from vakgraaf.ingest.build import Built, build
from vakgraaf.ingest.claims import Bevinding, Claims
from vakgraaf.ingest.completeness import missing
from vakgraaf.ingest.extract import extract
from vakgraaf.ingest.findings import find
from vakgraaf.ingest.manifest import entry_for
from vakgraaf.ingest.read import Text, read
from vakgraaf.ingest.skills import Conflict, Skill, SkillRegister

# Names of files become part of IRIs.
_NOT_IN_AN_IRI = re.compile(r"[^\w.~-]+")


@dataclass(frozen=True)
class Understood:
    """What became of one document."""

    text: Text
    claims: Claims
    findings: tuple[Bevinding, ...]
    built: Built
    accounts: tuple[LineAccount, ...]
    skills: tuple[Skill, ...]
    near_misses: tuple[tuple[Skill, Skill, int | None], ...]
    conflicts: tuple[Conflict, ...]
    pages: Mapping[int, int]
    """The printed page of each line, where that is certain."""
    file: str
    """The name of the file, with its extension."""


def understand(path: Path, register: SkillRegister, manifest: Path | None = None) -> Understood:
    """Read, lay out, extract, check and build the document at `path`. Its new skills go into `register`.

    Raises `UnreadableInput` and `NotAProfile` where it cannot be used, and `NotConforming` where it is a profile but
    not a whole one; then nothing is made of it and `register` is as it was.
    """
    return understand_text(read(path), path.name, register, manifest)


def understand_text(
    text: Text, filename: str, register: SkillRegister, manifest: Path | None = None, *, whole: bool = True
) -> Understood:
    """Lay out, extract, check and build a document that has been read. Its new skills go into `register`.

    Raises what `understand` does. Not `whole`: of what is not complete, as much is made as there is, and what is
    missing is among the findings.
    """
    text = replace(text, name=_NOT_IN_AN_IRI.sub("-", text.name).strip("-") or "document")
    flow, claims = extract(text)
    broken = list(missing(claims))
    if broken and whole:
        raise _incomplete(text, claims, broken)
    findings = find(claims)
    entry = entry_for(text, filename, claims.title, manifest)
    before = len(register.conflicts)
    built = build(text, flow, claims, findings, entry, register)
    used = {id(s): s for s in map(register.known, _wordings(claims)) if s}
    return Understood(
        text,
        claims,
        (*broken, *findings),
        built,
        account(text, flow, claims, built),
        tuple(used.values()),
        tuple(register.near_misses(used.values())),
        tuple(register.conflicts[before:]),
        flow.pages,
        filename,
    )


def _wordings(claims: Claims) -> list[str]:
    lists = [process.skills for kerntaak in claims.kerntaken for process in kerntaak.werkprocessen]
    lists += [gebied.skills for gebied in claims.taakgebieden]
    return [skill.wording for skills in lists for skill in skills]


def _incomplete(text: Text, claims: Claims, broken: list[Bevinding]) -> NotConforming:
    def details(language: str) -> tuple[str, ...]:
        line = "regel" if language == "nl" else "line"
        return tuple(f"{line} {min(map(min, b.places))}: {getattr(b, language)}" for b in broken)

    return NotConforming(
        f"{text.name}: '{claims.title}' is niet volledig; er is niets van gemaakt. Is het document afgebroken, of "
        f"wijkt de opmaak af? Aangekondigd maar niet gevonden ({len(broken)}):",
        f"{text.name}: '{claims.title}' is not complete; nothing was made of it. Is the document cut off, or is its "
        f"layout different? Announced but not found ({len(broken)}):",
        details("nl"),
        details("en"),
    )
