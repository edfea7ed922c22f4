"""What a qualification file of SBB says: plain values that know their lines. Numbers and codes are text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
"""First and last line in the file, counted from 1."""
Soort = Literal["complexiteit", "verantwoordelijkheid", "omschrijving", "resultaat", "gedrag"]


@dataclass(frozen=True, slots=True)
class Tekst:
    """A text and where it stands; `profiel` is the number of the profile that it is for in particular, else empty."""

    soort: Soort
    text: str
    span: Span
    profiel: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of knowledge or skill, or a competence, with its number in the file; `code` is a competence's letter."""

    nummer: str
    titel: str
    span: Span
    code: str = ""


@dataclass(frozen=True, slots=True)
class Eis:
    """That an item is asked for, and where; `profiel` is the profile that asks it in addition, else empty."""

    item: Item
    span: Span
    profiel: str = ""


@dataclass(frozen=True, slots=True)
class Werkproces:
    """A work process with its code ("B1-K1-W1")."""

    code: str
    titel: str
    span: Span
    teksten: tuple[Tekst, ...]
    competenties: tuple[Eis, ...]


@dataclass(frozen=True, slots=True)
class Kerntaak:
    """A core task with its code ("B1-K1"), what it asks for, and its work processes."""

    code: str
    titel: str
    span: Span
    teksten: tuple[Tekst, ...]
    vereisten: tuple[Eis, ...]
    werkprocessen: tuple[Werkproces, ...]


@dataclass(frozen=True, slots=True)
class Crebo:
    """A crebo code with the dates (ISO 8601, None: not given) from which, and until which, it counts."""

    code: str
    span: Span
    vanaf: str | None = None
    einde_instroom: str | None = None
    einde_opleiding: str | None = None


@dataclass(frozen=True, slots=True)
class Kwalificatie:
    """A profile of the file: its code in it ("P1"), title, crebo number and mbo level, as far as they are given."""

    nummer: str
    code: str
    titel: str
    niveau: str
    span: Span
    register: Crebo | None = None
    typering: Tekst | None = None
    kerntaken: tuple[Kerntaak, ...] = ()

    @property
    def crebo(self) -> str:
        """The crebo code, or nothing."""
        return self.register.code if self.register else ""


@dataclass(frozen=True, slots=True)
class Bron:
    """A document that the file names as a source of it: its title, sort, date (ISO 8601) and file."""

    titel: str
    soort: str
    datum: str | None
    bestand: str
    span: Span


@dataclass(frozen=True, slots=True)
class Kwalificatiedossier:
    """A qualification file: its number, title, version and crebo numbers, and its profiles in order."""

    nummer: str
    titel: str
    versie: str
    status: str
    span: Span
    registers: tuple[Crebo, ...]
    vastgesteld: str | None
    basis: tuple[Kerntaak, ...]
    profielen: tuple[Kwalificatie, ...]
    bronnen: tuple[Bron, ...]

    @property
    def crebos(self) -> tuple[str, ...]:
        """Its crebo codes."""
        return tuple(crebo.code for crebo in self.registers)

    @property
    def key(self) -> str:
        """What names of its parts begin with: the crebo code, else SBB's number. Never a label, as those recur."""
        return next(iter(self.crebos), "") or self.nummer or "zonder-nummer"

    def described(self) -> tuple[str, str]:
        """What it is in one sentence, in Dutch and in English."""
        listed = "; ".join(f"{p.titel} (crebo {p.crebo or '?'}, niveau {p.niveau or '?'})" for p in self.profielen)
        crebo = ", ".join(self.crebos) or "?"
        count = len(self.profielen)
        version = ", ".join(part for part in (self.versie, self.status) if part)
        return (
            f"kwalificatiedossier '{self.titel}' ({self.nummer}; {version}; crebo {crebo}) van SBB, met {count} "
            f"{'profiel' if count == 1 else 'profielen'}: {listed}",
            f"SBB's qualification file '{self.titel}' ({self.nummer}; {version}; crebo {crebo}), with {count} "
            f"{'profile' if count == 1 else 'profiles'}: {listed.replace('niveau', 'level')}",
        )
