"""Whatever comes in, the answer is a document understood or a clear refusal, never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.errors import UnreadableInput, VakgraafError
from vakgraaf.ingest.document import understand
from vakgraaf.ingest.extract import extract
from vakgraaf.ingest.read import READERS, Text, read, read_bytes
from vakgraaf.pipeline.documents import register_of
from vakgraaf.resources import folder

SOURCES = sorted(folder("data/sources").glob("*.txt"))
FRAGMENTS = (
    "Kerntaak 1 Iets doen|1.1 Doet iets|Beschrijving werkproces:|Resultaat:|competentie A. Beslissen|"
    "Toelichting De slager|- Kennis van vlees|Voorwoord| Inleiding|1 Algemene informatie over het beroep|"
    "3 Beschrijving van de kerntaken|3. Taken|4. Vakkennis en vaardigheden|Vakkennis|Bijlage 4 Begrippenlijst|"
    "Zie: slager.|Naam Organisatie Functie|Mevrouw A. Jansen|BCP Slager 12|© Copyright Calibris 2011|1|| |\f|"
    "Aanvullend geldt voor de slager in de|beroepscompetentieprofiel Slager|Addendum Slager is"
).split("|")


def attempt(what: Callable[[], str]) -> str:
    """The result, or the message of a refusal in both languages. Any other exception is a crash."""
    try:
        return what()
    except VakgraafError as error:
        return error.message("nl") + error.message("en")


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=60)), max_size=80))
@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    flat = tuple(part for line in lines for part in line.split("\n"))
    outcome = attempt(lambda: extract(Text("rubbish", flat, "0" * 64))[1].title)
    assert outcome


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    outcome = attempt(lambda: "".join(read_bytes(content, "file.txt").lines))
    assert outcome.strip()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem[:8])
@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 12))])
def test_a_mutilated_document_is_understood_or_refused(tmp_path: Path, path: Path, seed: int) -> None:
    rng = random.Random(seed)
    lines = path.read_text("utf-8").split("\n")
    for _ in range(rng.randrange(1, 60)):
        at = rng.randrange(len(lines))
        match rng.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, rng.choice(FRAGMENTS))
            case 2:
                lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]
            case _:
                lines[at : at + 5] = reversed(lines[at : at + 5])
    mutilated = tmp_path / "document.txt"
    mutilated.write_text("\n".join(lines), "utf-8")
    accounted = attempt(lambda: str(len(understand(mutilated, register_of()).accounts)))
    assert not accounted.isdigit() or int(accounted) == sum(
        1 for line in mutilated.read_text("utf-8").split("\n") if line.strip()
    )


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "leeg.txt", "is leeg"),
        (b" \n\n \n", "wit.txt", "is leeg of bevat alleen witruimte"),
        (bytes(range(256)) * 4, "plaatje.txt", "regel 2 is geen UTF-8-tekst"),
        (b"regel een\nregel \x00 twee\n", "stuur.txt", "regel 2 bevat stuurtekens"),
        (b"{\\rtf1}", "profiel.rtf", "dit bestandsformaat kan (nog) niet gelezen worden"),
        ("café".encode("latin-1"), "oud.txt", "regel 1 is geen UTF-8-tekst"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_bytes(content, name)
    assert says in caught.value.message("nl")
    assert name in caught.value.message("en")


def test_a_missing_file_is_a_clear_refusal(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"nergens\.txt bestaat niet"):
        read(tmp_path / "nergens.txt")


def test_a_byte_order_mark_is_no_text() -> None:
    assert read_bytes("\ufeffVoorwoord".encode(), "bom.txt").lines == ("Voorwoord",)


def test_the_door_for_formats_is_a_table() -> None:
    assert ".txt" in READERS
