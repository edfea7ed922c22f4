"""What is handed in to be judged: documents and graphs, by name and content; and a zip archive, opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from vakgraaf.errors import UnreadableInput
from vakgraaf.ingest import qualification
from vakgraaf.ingest.read import READERS
from vakgraaf.ingest.readers.archive import Archive
from vakgraaf.ingest.readers.kinds import described, kind_of, require_kind
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS, Meter, ReadingLimits
from vakgraaf.rdf.formats import RDF_FORMATS, Format, by_extension
from vakgraaf.rdf.sniffing import sniff

_UNKNOWN = frozenset({"office", "rtf", "picture", "program", "packed"})
_LEFT_BY_MACHINES = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git"})


@dataclass(frozen=True)
class Input:
    """One thing handed in: its name (as its author calls it), its bytes, and its form once that is known.

    Forms are `txt`, `pdf`, `docx`, `odt` and `html` for documents, our names of RDF formats (`turtle`…) for graphs, and
    `kwalificatiedossier` for SBB's XML.
    """

    name: str
    content: bytes
    form: str | None = None


def expand(name: str, content: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> tuple[Input, ...]:
    """What is in a file: itself, or where it is a zip archive all that is in there, each with its form.

    Content decides where a name says nothing or says it wrong, but for documents: those must be what they are called.
    Raises `UnreadableInput` for what cannot be read, or is dangerous to open; RDF is screened where it is parsed.
    """
    opening = _Opening(limits)
    found = tuple(opening.inputs(name, content, 1))
    if not found:
        raise Meter(name, limits).refusal(
            "dit zip-archief is leeg, of bevat niets dat gelezen kan worden.",
            "this zip archive is empty, or holds nothing that can be read.",
        )
    return found


class _Opening:
    """One file while it is opened, with what all archives in it together have come to."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._bytes = 0
        self._members = 0

    def inputs(self, name: str, content: bytes, depth: int) -> Iterator[Input]:
        """The input that the content is, or those in the archive that it is."""
        meter = Meter(name, self._limits)
        if not content.strip():
            raise meter.refusal("het bestand is leeg.", "the file is empty.")
        if kind_of(content) != "zip" or _extension(name) in READERS:
            yield Input(name, content, _form_of(name, content, meter))
            return
        if depth > self._limits.archive_depth:
            raise meter.refusal(
                f"dit zip-archief zit te diep in andere: {self._limits.archive_depth} in elkaar is het hoogste.",
                f"this zip archive is too deep in others: {self._limits.archive_depth} in one another is the limit.",
            )
        if len(content) > self._limits.archive_bytes:
            raise meter.refusal(
                f"het zip-archief is {len(content)} bytes groot; {self._limits.archive_bytes} is het hoogste.",
                f"the zip archive has {len(content)} bytes; {self._limits.archive_bytes} is the limit.",
            )
        archive = Archive(content, meter, self._limits.members)
        for member in archive.names():
            if not _LEFT_BY_MACHINES.isdisjoint(PurePosixPath(member).parts):
                continue
            inner = archive.read(member)
            self._count(len(inner), meter)
            yield from self.inputs(f"{name}/{member}", inner, depth + 1)

    def _count(self, size: int, meter: Meter) -> None:
        self._bytes += size
        self._members += 1
        if self._bytes > self._limits.expanded_bytes or self._members > self._limits.members:
            raise meter.refusal(
                f"alle archieven samen bevatten meer dan {self._limits.members} bestanden of "
                f"{self._limits.expanded_bytes} bytes; dat is het hoogste.",
                f"all archives together hold more than {self._limits.members} files or "
                f"{self._limits.expanded_bytes} bytes, which is the limit.",
            )


def _form_of(name: str, content: bytes, meter: Meter) -> str:
    """The form of a file that is no archive. Raises `UnreadableInput`."""
    kind, extension = kind_of(content), _extension(name)
    if kind in _UNKNOWN:
        require_kind(content, meter)
        nl, en = described(kind)
        raise meter.refusal(f"dit is {nl}", f"this is {en}")
    if kind in ("pdf", "docx", "odt"):
        require_kind(content, meter)
        _require_small(content, meter)
        return kind
    if extension in READERS and extension not in (".txt", ".html", ".htm"):
        require_kind(content, meter)
    if qualification.looks_like_dossier(content):
        qualification.read_dossier(content, name, meter.limits)
        return qualification.FORM
    form = _rdf_form(name, content)
    if form is not None:
        return form.name
    if (kind == "html" and extension != ".txt") or extension in (".html", ".htm"):
        _require_small(content, meter)
        return "html"
    if kind == "xml" and extension != ".txt":
        raise meter.refusal(
            "dit is XML, maar geen RDF/XML en geen kwalificatiedossier van SBB.",
            "this is XML, but neither RDF/XML nor a qualification file of SBB.",
        )
    return _text_form(content, meter)


def _rdf_form(name: str, content: bytes) -> Format | None:
    """What the content looks like; where that is nothing in particular, what the name says."""
    named = by_extension(name, RDF_FORMATS)
    found = sniff(content)
    if named is None or found is None:
        return found or named
    # What begins like N-Triples is Turtle too, and what holds no graph is TriG too: then the name knows best.
    line_based, turtle_like = ("ntriples", "nquads"), ("turtle", "trig")
    if named.name in turtle_like and found.name in (*line_based, "turtle"):
        return named
    return named if named.name == "nquads" and found.name == "ntriples" else found


def _text_form(content: bytes, meter: Meter) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _extension(meter.name) == ".txt":
            return "txt"  # its reader says where it is no text
        raise _unknown(meter) from error
    if "\0" in text and _extension(meter.name) != ".txt":
        raise _unknown(meter)
    _require_small(content, meter)
    return "txt"


def _unknown(meter: Meter) -> UnreadableInput:
    known = ", ".join(sorted([f".{form.extension}" for form in RDF_FORMATS] + [*READERS, ".zip"]))
    return meter.refusal(
        f"aan naam noch inhoud is te zien wat voor bestand dit is. Bekend zijn {known}.",
        f"neither name nor content tells what kind of file this is. Known are {known}.",
    )


def _require_small(content: bytes, meter: Meter) -> None:
    most = meter.limits.document_bytes
    if len(content) > most:
        raise meter.refusal(
            f"het document is {len(content)} bytes groot; {most} is het hoogste.",
            f"the document has {len(content)} bytes; {most} is the limit.",
        )


def _extension(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
