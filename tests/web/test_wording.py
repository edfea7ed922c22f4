"""Every word on a page exists in every language, and no catalogue has words that no page uses."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from messages import CATALOGUES, WEB, known, used

PLACES = re.compile(r"%\((\w+)\)s")
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SKIPPED = re.compile(r"<(script|style|code|pre|textarea)\b.*?</\1>|<!.*?>|&\w+;", re.DOTALL)
NAMES = {
    "Vakgraaf",
    "SPARQL",
    "SELECT",
    "ASK",
    "JSON",
    "CSV",
    "TSV",
    "XML",
    "Turtle",
    "RDF",
    "SVG",
    "CONSTRUCT",
    "DESCRIBE",
    "Triples",
    "API",
    "OpenAPI",
    "lang",
}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_text_of_the_pages_is_translated_and_no_other(path: Path) -> None:
    there = {message.id: message for message in known(path) if message.id}
    wanted = {message.id for message in used() if message.id}
    assert sorted(map(str, wanted - there.keys())) == [], "run scripts/messages, then translate"
    assert sorted(map(str, there.keys() - wanted)) == [], "run scripts/messages"
    assert [i for i, message in there.items() if not message.string or message.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_fills_in_the_same_things(path: Path) -> None:
    for message in known(path):
        if message.id:
            ids, strings = (x if isinstance(x, (tuple, list)) else [x] for x in (message.id, message.string))
            assert {p for t in ids for p in PLACES.findall(t)} == {p for t in strings for p in PLACES.findall(t)}, ids


@pytest.mark.parametrize("path", sorted((WEB / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_has_words_of_its_own_outside_the_catalogue(path: Path) -> None:
    text = SKIPPED.sub(" ", CODE.sub(" ", path.read_text("utf-8")))
    text = re.sub(r"<[^>]*>", " ", text)
    assert set(re.findall(r"[^\W\d_]{3,}", text)) <= NAMES


FAMILIAR = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
WORD_LISTS = {"stopwords.py", "terms.py"}


def test_no_sentence_in_the_program_says_je_where_all_others_say_u() -> None:
    said = {}
    for path in WEB.parent.rglob("*.py"):
        constants = (
            node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)
        )
        found = [text for text in constants if isinstance(text, str) and FAMILIAR.search(text)]
        if found and path.name not in WORD_LISTS:
            said[path.name] = found
    assert said == {}
