"""One document, understood: the steps of ingest in a row."""

from __future__ import annotations

from dataclasses import dataclass
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


def understand(path: Path, register: SkillRegister, manifest: Path | None = None) -> Understood:
    """Read, lay out, extract, check and build the document at `path`. Its new skills go into `register`.

    Raises `UnreadableInput` and `NotAProfile` where it cannot be used, and `NotConforming` where it is a profile but
    not a whole one; then nothing is made of it and `register` is as it was.
    """
    text = read(path)
    flow, claims = extract(text)
    broken = list(missing(claims))
    if broken:
        raise _incomplete(text, claims, broken)
    findings = find(claims)
    entry = entry_for(text, path.name, claims.title, manifest)
    before = len(register.conflicts)
    built = build(text, flow, claims, findings, entry, register)
    used = {id(s): s for s in map(register.known, _wordings(claims)) if s}
    return Understood(
        text,
        claims,
        tuple(findings),
        built,
        account(text, flow, claims, built),
        tuple(used.values()),
        tuple(register.near_misses(used.values())),
        tuple(register.conflicts[before:]),
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
