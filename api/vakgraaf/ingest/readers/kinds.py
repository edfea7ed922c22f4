"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Literal

from vakgraaf.ingest.readers.reading import Meter

Kind = Literal["pdf", "docx", "odt", "zip", "html", "xml", "office", "rtf", "picture", "program", "packed", "text"]

_PROLOGUE = 1_024
_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html\b)", re.I | re.S
)
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x7fELF", "program"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
)
_NAMES: dict[Kind, tuple[str, str]] = {
    "pdf": ("een PDF-bestand", "a PDF file"),
    "docx": ("een Word-document (DOCX)", "a Word document (DOCX)"),
    "odt": ("een OpenDocument-tekst (ODT)", "an OpenDocument text (ODT)"),
    "zip": ("een zip-archief", "a zip archive"),
    "html": ("een webpagina (HTML)", "a web page (HTML)"),
    "xml": ("XML", "XML"),
    "office": ("een oud of versleuteld Office-bestand", "an old or encrypted Office file"),
    "rtf": ("een RTF-document", "an RTF document"),
    "picture": ("een afbeelding", "a picture"),
    "program": ("een programma", "a program"),
    "packed": ("een ingepakt bestand (gzip, 7z, rar …)", "a packed file (gzip, 7z, rar …)"),
    "text": ("platte tekst of iets onbekends", "plain text or something unknown"),
}
_EXPECTED: dict[str, frozenset[Kind]] = {
    ".pdf": frozenset({"pdf"}),
    ".docx": frozenset({"docx"}),
    ".odt": frozenset({"odt"}),
    ".html": frozenset({"html", "xml", "text"}),
    ".htm": frozenset({"html", "xml", "text"}),
    ".txt": frozenset({"text", "xml", "html"}),
}
_ADVICE: dict[Kind, tuple[str, str]] = {
    "office": (
        " Een .doc van vóór 2007, of een document met een wachtwoord: bewaar het in Word als .docx zonder wachtwoord.",
        " A .doc from before 2007, or a document with a password: save it in Word as .docx without a password.",
    ),
    "rtf": (" Bewaar het als .docx of .txt.", " Save it as .docx or .txt."),
    "picture": (
        " Gebruik het document zelf, niet een afbeelding ervan.",
        " Use the document itself, not a picture of it.",
    ),
    "packed": (" Pak het eerst uit, of maak er een .zip van.", " Unpack it first, or make it a .zip."),
}


def kind_of(content: bytes) -> Kind:
    """The kind of file that begins with, or holds, these bytes; "text" for whatever has no signature."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    start = content[:_PROLOGUE]
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    if b"%PDF-" in start:
        return "pdf"
    if _HTML.match(start):
        return "html"
    return "xml" if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else "text"


def require_kind(content: bytes, meter: Meter) -> None:
    """Raises `UnreadableInput` where the content is of another kind than the extension of its name says."""
    extension = Path(meter.name).suffix.lower()
    expected = _EXPECTED.get(extension)
    kind = kind_of(content)
    if not content or expected is None or kind in expected:
        return
    nl, en = _NAMES[kind]
    advice_nl, advice_en = _ADVICE.get(kind, ("", ""))
    if kind == "text" and extension != ".txt":
        advice_nl, advice_en = " Is het bestand beschadigd?", " Is the file damaged?"
    raise meter.refusal(
        f"de naam eindigt op {extension}, maar de inhoud is {nl}.{advice_nl}",
        f"the name ends in {extension}, but the content is {en}.{advice_en}",
    )


def described(kind: Kind) -> tuple[str, str]:
    """What a kind is called, in Dutch and in English, with what to do about it."""
    (nl, en), (advice_nl, advice_en) = _NAMES[kind], _ADVICE.get(kind, ("", ""))
    return f"{nl}.{advice_nl}", f"{en}.{advice_en}"


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        names = frozenset()
    if "word/document.xml" in names or b"word/document.xml" in content[: _PROLOGUE * 4]:
        return "docx"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in content[:200]:
        return "odt"
    return "odt" if {"content.xml", "META-INF/manifest.xml"} <= names else "zip"
