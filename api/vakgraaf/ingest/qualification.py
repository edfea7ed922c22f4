"""SBB's XML of a kwalificatiedossier: recognised, and named with its qualifications."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vakgraaf.errors import NotAProfile
from vakgraaf.ingest.readers.markup import local, parse_xml, steps
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS, Meter, ReadingLimits

FORM = "kwalificatiedossier"
_MARKS = (b"<sbb", b"<dossier")
_START = 4_096


@dataclass(frozen=True)
class Kwalificatie:
    """A profile of the file: its code in the file ("P1"), title, crebo number and mbo level, as far as they are given.

    Numbers are text, as SBB writes them.
    """

    code: str
    titel: str
    crebo: str
    niveau: str


@dataclass(frozen=True)
class Kwalificatiedossier:
    """A qualification file: its number, title, version and crebo numbers, and its profiles in order."""

    nummer: str
    titel: str
    versie: str
    status: str
    crebos: tuple[str, ...]
    profielen: tuple[Kwalificatie, ...]

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


def looks_like_dossier(content: bytes) -> bool:
    """True where XML begins as SBB's does. Cheap: the file is not parsed."""
    return _MARKS[0] in content[:_START] and _MARKS[1] in content


def read_dossier(content: bytes, name: str, limits: ReadingLimits = DEFAULT_LIMITS) -> Kwalificatiedossier:
    """The qualification file in SBB's XML.

    Raises `UnreadableInput` where it is no well-formed XML or may not be read, `NotAProfile` where it holds no file.
    """
    meter = Meter(name, limits)
    root = parse_xml(content, meter)
    for _ in steps(root, meter):  # how deep it goes, before anything walks it
        pass
    dossier = root.find("dossiers/dossier")
    if local(root) != "sbb" or dossier is None:
        raise NotAProfile(
            f"{name}: dit is geen kwalificatiedossier van SBB; er is gezocht naar <sbb> met daarin <dossiers> en een "
            "<dossier>.",
            f"{name}: this is no qualification file of SBB; looked for: <sbb> with <dossiers> and a <dossier> in it.",
        )
    return Kwalificatiedossier(
        dossier.get("nr", ""),
        dossier.get("titel", ""),
        dossier.get("versie", ""),
        dossier.get("status", ""),
        tuple(" ".join(crebo.itertext()).strip() for crebo in dossier.iterfind("dossiercrebos/dossiercrebo")),
        tuple(_kwalificatie(profiel) for profiel in dossier.iterfind("profielen/profiel")),
    )


def refusal(dossier: Kwalificatiedossier, name: str) -> NotAProfile:
    """The answer where a profile was asked for and a qualification file was given."""
    nl, en = dossier.described()
    return NotAProfile(
        f"{name}: dit is geen beroepscompetentieprofiel of addendum maar het {nl}. Een kwalificatiedossier wordt "
        "herkend, maar nog niet ingelezen.",
        f"{name}: this is no beroepscompetentieprofiel or addendum but {en}. A qualification file is recognised, but "
        "not read in yet.",
    )


def _kwalificatie(profiel: etree._Element) -> Kwalificatie:
    crebo = next(
        (str(e.text).strip() for e in profiel.iter() if local(e).startswith("crebo") and _is_crebo(e.text)), ""
    )
    chapter = profiel.get("hoofdstuk", "")
    return Kwalificatie(f"P{chapter}" if chapter else "", profiel.get("titel", ""), crebo, profiel.get("niveau", ""))


def _is_crebo(text: str | None) -> bool:
    return text is not None and text.strip().isdecimal() and len(text.strip()) == 5
