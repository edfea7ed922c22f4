"""What cannot be read, or is dangerous to read, is refused with a reason in both languages."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import papers
import pypdfium2
import pytest
from docx import Document
from fpdf import FPDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.errors import InputError, NotAProfile, UnreadableInput
from vakgraaf.ingest.document import Understood
from vakgraaf.ingest.extract import extract
from vakgraaf.ingest.read import Text, read_bytes
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS
from vakgraaf.pipeline.inputs import expand

SMALL = replace(DEFAULT_LIMITS, pages=3, expanded_bytes=3_000_000, members=5, parts=40, lines=500, characters=50_000)
PROSE = [f"Regel {n} van een jaarverslag over heel andere zaken." for n in range(20)]


def pdf(pages: int = 1, password: str | None = None, lines: list[str] = PROSE) -> bytes:
    document = FPDF()
    document.set_font("Helvetica", size=10)
    if password:
        document.set_encryption(owner_password="eigenaar", user_password=password)
    for _ in range(pages):
        document.add_page()
        for index, line in enumerate(lines):
            document.text(20, 20 + 6 * index, line)
    return bytes(document.output())


def docx(lines: list[str] = PROSE, body: str | None = None) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    content = papers.saved(document)
    return content if body is None else rewritten(content, "word/document.xml", body)


def odt(body: str) -> bytes:
    return papers.zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": b"<m/>",
            "content.xml": body.encode(),
        }
    )


def rewritten(archive: bytes, name: str, content: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        return papers.zipped({n: old.read(n) for n in old.namelist()} | {name: content.encode()})


def pdf_bomb() -> bytes:
    squeezed = zlib.compress(zlib.compress(b" " * 8_000_000))
    head = f"1 0 obj\n<< /Length {len(squeezed)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode()
    return b"%PDF-1.5\n" + head + squeezed + b"\nendstream\nendobj\n"


def with_link() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("profiel.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DEEP = f'<w:document xmlns:w="{WORD}"><w:body>' + "<w:sdt>" * 230 + "</w:sdt>" * 230 + "</w:body></w:document>"
DEEPER = DEEP.replace("<w:sdt>", "<w:sdt>" * 10).replace("</w:sdt>", "</w:sdt>" * 10)

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "encrypted PDF": ("profiel.pdf", lambda: pdf(password="geheim"), "beveiligd met een wachtwoord"),
    "scanned PDF": ("scan.pdf", lambda: pdf(lines=[]), "bevat geen tekst"),
    "PDF of too many pages": ("dik.pdf", lambda: pdf(pages=4), "telt 4 pagina's"),
    "PDF cut off": ("half.pdf", lambda: b"%PDF-1.7\n" + b"%" * 200, "beschadigd of onvolledig"),
    "PDF that unpacks to too much": ("bom.pdf", pdf_bomb, "uitgepakt is dit PDF-bestand groter"),
    "PDF that is Word": ("profiel.pdf", docx, "de inhoud is een Word-document"),
    "Word that is PDF": ("profiel.docx", pdf, "de inhoud is een PDF-bestand"),
    "Word that is a zip": ("profiel.docx", lambda: papers.zipped({"a": b"b"}), "de inhoud is een zip-archief"),
    "Word that is nothing": ("profiel.docx", lambda: b"zomaar wat", "de inhoud is platte tekst of iets onbekends"),
    "Word cut off": ("profiel.docx", lambda: docx()[:-400], "beschadigd of onvolledig"),
    "old or encrypted Word": ("profiel.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "zonder wachtwoord"),
    "Word with broken XML": ("profiel.docx", lambda: docx(body="<w:document>"), "geen geldige XML"),
    "Word with entities": ("profiel.docx", lambda: docx(body=LAUGHS), "DOCTYPE of eigen entiteiten"),
    "Word without a body": ("profiel.docx", lambda: docx(body=f'<w:document xmlns:w="{WORD}"/>'), "heeft geen tekst"),
    "Word nested deeply": ("profiel.docx", lambda: docx(body=DEEP), "niveaus diep"),
    "Word nested beyond the parser": ("profiel.docx", lambda: docx(body=DEEPER), "niveaus diep"),
    "Word that unpacks to too much": ("profiel.docx", lambda: docx(body=" " * 4_000_000), "zipbom"),
    "Word without text": ("leeg.docx", lambda: docx(lines=["", " "]), "leeg of bevat alleen witruimte"),
    "Word of too many lines": ("lang.docx", lambda: docx(lines=["Regel"] * 600), "meer dan 500 regels"),
    "ODT with entities": ("profiel.odt", lambda: odt(LAUGHS), "DOCTYPE of eigen entiteiten"),
    "ODT that is no text": ("profiel.odt", lambda: odt("<x/>"), "geen tekst, of het is beschadigd"),
    "HTML nested deeply": ("a.html", lambda: b"<html><body>" + b"<div>" * 400 + b"tekst", "niveaus diep"),
    "HTML without text": ("a.html", lambda: b"<html><script>tekst</script></html>", "leeg of bevat alleen witruimte"),
    "picture": ("scan.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "een afbeelding"),
    "program": ("a.txt", lambda: b"\x7fELF" + bytes(50), "een programma"),
    "unknown binary": ("iets", lambda: bytes([200, 0, 3]) * 50, "is te zien wat voor bestand"),
    "empty file": ("leeg.txt", lambda: b" \n", "leeg"),
    "zip with a path outside": ("z.zip", lambda: papers.zipped({"../../etc/x.txt": b"x"}), "buiten het archief"),
    "zip with an absolute path": ("z.zip", lambda: papers.zipped({"/etc/x.txt": b"x"}), "buiten het archief"),
    "zip with a Windows path": ("z.zip", lambda: papers.zipped({"..\\x.txt": b"x"}), "buiten het archief"),
    "zip with a link": ("z.zip", with_link, "symlink"),
    "zip that unpacks to too much": ("z.zip", lambda: papers.zipped({"a.txt": b"a" * 4_000_000}), "zipbom"),
    "zip of too many files": ("z.zip", lambda: papers.zipped({f"{n}.txt": b"a" for n in range(9)}), "telt 9 bestanden"),
    "empty zip": ("z.zip", lambda: papers.zipped({}), "is leeg"),
    "zip in zip in zip": (
        "z.zip",
        lambda: papers.zipped({"y.zip": papers.zipped({"x.zip": papers.zipped({"a.txt": b"tekst"})})}),
        "te diep in andere",
    ),
    "XML of another kind": ("a.xml", lambda: b"<?xml version='1.0'?><factuur/>", "geen RDF/XML en geen kwalificatie"),
}


def lines_of(name: str, content: bytes) -> list[Text]:
    found = expand(name, content, SMALL)
    documents = [given for given in found if given.form in ("txt", "pdf", "docx", "odt", "html")]
    return [read_bytes(given.content, f"{given.name}.{given.form}", SMALL) for given in documents]


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(case: str) -> None:
    name, make, says = REFUSED[case]
    with pytest.raises(UnreadableInput) as caught:
        lines_of(name, make())
    assert says in caught.value.message("nl")
    assert name.partition(".")[0] in caught.value.message("en")
    assert caught.value.message("en") != caught.value.message("nl")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()),
        ("a.docx", docx()),
        ("a.html", "".join(f"<p>{line}</p>" for line in PROSE).encode()),
        ("a.txt", "\n".join(PROSE).encode()),
    ],
)
def test_another_document_is_told_what_was_looked_for(name: str, content: bytes) -> None:
    (text,) = lines_of(name, content)
    with pytest.raises(NotAProfile, match="dit is geen beroepscompetentieprofiel of addendum; nergens noemt"):
        extract(text)


@pytest.fixture(scope="module")
def whole(addendum: Understood) -> dict[str, bytes]:
    lines = Text("kort", addendum.text.lines[:90], "0" * 64)
    return {
        "pdf": papers.as_pdf(lines),
        "docx": papers.as_docx(lines),
        "odt": papers.as_odt(lines),
        "html": papers.as_html(lines),
        "txt": "\n".join(lines.lines).encode(),
    }


@pytest.mark.parametrize("form", ["pdf", "docx", "odt", "html", "txt"])
@given(data=st.data())
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_file_with_changed_bytes_is_read_or_refused(whole: dict[str, bytes], form: str, data: st.DataObject) -> None:
    content = bytearray(whole[form])
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    attempt(f"gewijzigd.{form}", bytes(content))


@given(
    st.sampled_from([b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"<?xml?>", b"{", b"@prefix a: <", b"\xff\xfe", b""]),
    st.binary(max_size=300),
    st.sampled_from(["a.pdf", "a.docx", "a.odt", "a.html", "a.zip", "a.ttl", "a.jsonld", "a.rdf", "a.xml", "a"]),
)
@settings(max_examples=examples(150), deadline=None)
def test_any_bytes_by_any_name_are_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    attempt(name, start + rest)


def attempt(name: str, content: bytes) -> None:
    """Read a file; any exception but a refusal of what was given is a crash."""
    with suppress(InputError):
        for text in lines_of(name, content):
            extract(text)


def test_a_page_that_is_damaged_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: object) -> object:
        raise pypdfium2.PdfiumError("Failed to load page.")

    monkeypatch.setattr(pypdfium2.PdfPage, "get_textpage", damaged)
    with pytest.raises(UnreadableInput, match="pagina 1 van dit PDF-bestand is beschadigd"):
        read_bytes(pdf(), "a.pdf")
