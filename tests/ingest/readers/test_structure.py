"""What a file says of its own structure is seen in its lines: lists, tables, headings, notes, pages, what is hidden."""

from __future__ import annotations

import io
import zipfile

import papers
from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from odf.opendocument import OpenDocumentText
from odf.text import List, ListItem, Note, NoteBody, NoteCitation, P

from vakgraaf.ingest.read import Text, read_bytes

WORDS = "De fietsenmaker overlegt met de klant en stelt een plan op. "


def seen(text: Text) -> list[str]:
    return [line for line in text.lines if line.strip()]


def word(document: Word) -> Text:
    return read_bytes(papers.saved(document), "a.docx")


def test_lists_of_word_get_their_signs_and_numbers() -> None:
    document = Document()
    for style, line in [
        ("List Number", "Eerst dit"),
        ("List Number", "Dan dat"),
        ("List Bullet", "Kennis van banden"),
        ("List Bullet", "Kennis van kettingen"),
    ]:
        document.add_paragraph(line, style=style)
    assert seen(word(document)) == ["1. Eerst dit", "2. Dan dat", "- Kennis van banden", "- Kennis van kettingen"]


def test_a_row_of_short_cells_is_a_line_and_long_cells_stand_below_one_another() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for index, content in enumerate(["Naam", "Functie", "Werkomgeving", WORDS * 3]):
        table.cell(index // 2, index % 2).text = content
    lines = seen(word(document))
    assert lines[:2] == ["Naam Functie", "Werkomgeving"]
    assert " ".join("".join(lines[2:]).split()) == (WORDS * 3).strip()


def test_a_heading_stands_apart_and_long_paragraphs_are_broken_into_lines() -> None:
    document = Document()
    document.add_paragraph(WORDS * 4)
    document.add_heading("Werkomgeving", 2)
    document.add_paragraph(WORDS * 4)
    text = word(document)
    at = text.lines.index("Werkomgeving")
    assert text.lines[at - 2 : at + 2] == ("", "", "Werkomgeving", "")
    assert max(map(len, text.lines)) <= 97
    assert "".join(text.lines[:at]).strip() == (WORDS * 4).strip()


def test_pages_of_word_begin_where_word_breaks_them() -> None:
    document = Document()
    document.add_paragraph("Een").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Twee")
    document.add_paragraph("Drie").paragraph_format.page_break_before = True
    text = word(document)
    assert [text.line(number).strip() or text.line(number + 1) for number in sorted(text.starts)] == [
        "Een",
        "Twee",
        "Drie",
    ]


def test_what_is_hidden_or_deleted_in_word_is_not_read() -> None:
    document = Document()
    paragraph = document.add_paragraph("Zichtbaar")
    paragraph.add_run(" geheim").font.hidden = True
    content = papers.saved(document)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = body.replace("</w:p>", "<w:del><w:r><w:delText> weg</w:delText><w:t> weg</w:t></w:r></w:del></w:p>", 1)
    changed = read_bytes(papers.zipped(parts | {"word/document.xml": body.encode()}), "a.docx")
    assert seen(changed) == ["Zichtbaar"]


def test_a_raised_number_is_a_call_on_a_line_of_its_own() -> None:
    document = Document()
    paragraph = document.add_paragraph("De cliënt")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" woont thuis, op 10 m")
    assert seen(word(document)) == ["De cliënt", "2", " woont thuis, op 10 m"]
    page = read_bytes("<p>De cliënt<sup>2</sup> woont thuis</p>".encode(), "a.html")
    assert seen(page) == ["De cliënt", "2", " woont thuis"]


def test_running_feet_of_word_are_kept_apart_from_the_text() -> None:
    document = Document()
    document.add_paragraph("Tekst")
    document.sections[0].footer.paragraphs[0].text = "© Copyright Calibris 2013"
    text = word(document)
    assert (seen(text), text.margins) == (["Tekst"], ("© Copyright Calibris 2013",))


def test_lists_and_notes_of_opendocument() -> None:
    document = OpenDocumentText()
    items = List()
    for line in ("Kennis van banden", "Kennis van kettingen"):
        item = ListItem()
        item.addElement(P(text=line))
        items.addElement(item)
    paragraph = P(text="De cliënt")
    note = Note(noteclass="footnote")
    note.addElement(NoteCitation(text="1"))
    body = NoteBody()
    body.addElement(P(text="Ook de bewoner."))
    note.addElement(body)
    paragraph.addElement(note)
    paragraph.addText(" woont thuis")
    for element in (items, paragraph):
        document.text.addElement(element)
    file = io.BytesIO()
    document.write(file)
    assert seen(read_bytes(file.getvalue(), "a.odt")) == [
        "- Kennis van banden",
        "- Kennis van kettingen",
        "De cliënt",
        "1",
        " woont thuis",
        "1",
        " Ook de bewoner.",
    ]


def test_a_web_page_is_read_as_a_browser_shows_it() -> None:
    page = """<html><head><title>Nee</title><style>p {}</style></head><body><script>nee()</script>
      <h2>Taken</h2><ol start="3"><li>Derde</li><li><p>Vierde</p></li></ol><ul><li>Los</li></ul>
      <p hidden>Nee</p><p style="display: none">Nee</p><p>Een
      regel<br>en nog <b>een</b></p><table><tr><td>Naam</td><td>Functie</td></tr></table></body></html>"""
    assert seen(read_bytes(page.encode(), "a.html")) == [
        "Taken",
        "3. Derde",
        "4. Vierde",
        "- Los",
        "Een regel",
        "en nog een",
        "Naam Functie",
    ]


def test_a_web_page_in_an_old_encoding_is_read() -> None:
    page = '<meta charset="iso-8859-1"><p>Cliënt en collega</p>'
    assert seen(read_bytes(page.encode("latin-1"), "a.html")) == ["Cliënt en collega"]
