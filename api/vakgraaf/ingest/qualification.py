"""SBB's XML of a kwalificatiedossier: recognised, and read with all its qualifications."""

from __future__ import annotations

from vakgraaf.errors import NotAProfile, UnreadableInput
from vakgraaf.ingest.kwalificatie.claims import Kwalificatiedossier
from vakgraaf.ingest.kwalificatie.markup import DossierReader, Problem, items
from vakgraaf.ingest.readers.markup import local, parse_xml, steps
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS, Meter, ReadingLimits

FORM = "kwalificatiedossier"
_MARKS = (b"<sbb", b"<dossier")
_START = 4_096
_TOLD = 5


def looks_like_dossier(content: bytes) -> bool:
    """True where XML begins as SBB's does. Cheap: the file is not parsed."""
    return _MARKS[0] in content[:_START] and _MARKS[1] in content


def read_dossier(content: bytes, name: str, limits: ReadingLimits = DEFAULT_LIMITS) -> Kwalificatiedossier:
    """The first qualification file in SBB's XML. Raises what `read_dossiers` does."""
    return read_dossiers(content, name, limits)[0]


def read_dossiers(content: bytes, name: str, limits: ReadingLimits = DEFAULT_LIMITS) -> tuple[Kwalificatiedossier, ...]:
    """The qualification files in SBB's XML, at least one.

    Raises `NotAProfile` where it holds no file, and `UnreadableInput`, with the lines, where it is no well-formed XML,
    may not be read, refers to what is not there or lacks what everything hangs on.
    """
    meter = Meter(name, limits)
    root = parse_xml(content, meter)
    for _ in steps(root, meter):  # how deep it goes, before anything walks it
        pass
    found = root.findall("dossiers/dossier")
    if local(root) != "sbb" or not found:
        raise NotAProfile(
            f"{name}: dit is geen kwalificatiedossier van SBB; er is gezocht naar <sbb> met daarin <dossiers> en een "
            "<dossier>.",
            f"{name}: this is no qualification file of SBB; looked for: <sbb> with <dossiers> and a <dossier> in it.",
        )
    competences = items(root.iterfind("competenties/competentie"))
    readers = [DossierReader(dossier, competences) for dossier in found]
    dossiers = tuple(reader.read() for reader in readers)
    problems = [problem for reader in readers for problem in reader.problems]
    if problems:
        raise _damaged(name, sorted(problems))
    return dossiers


def _damaged(name: str, problems: list[Problem]) -> UnreadableInput:
    """One message for all that is wrong: the first places, and how many more there are."""
    more = len(problems) - _TOLD
    nl, en = (
        "; ".join(f"{line} {problem[0]}: {problem[language]}" for problem in problems[:_TOLD])
        for language, line in ((1, "regel"), (2, "line"))
    )
    nl, en = (f"{nl}; en nog {more}", f"{en}; and {more} more") if more > 0 else (nl, en)
    return UnreadableInput(
        f"{name}: dit kwalificatiedossier is beschadigd of onvolledig; er is niets van gemaakt: {nl}.",
        f"{name}: this qualification file is damaged or incomplete; nothing was made of it: {en}.",
    )
