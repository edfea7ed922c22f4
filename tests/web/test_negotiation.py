"""Content negotiation as RFC 9110 says, whatever the header."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.web.negotiation import choose, choose_language, names_type

OFFERS = ["application/json", "text/turtle", "text/html", "application/rdf+xml"]
_RANGES = st.sampled_from([*OFFERS, "*/*", "text/*", "application/*", "image/png"])
_Q = st.sampled_from(["", ";q=0", ";q=0.1", ";q=0.5", ";q=1", ";q=1.0", "; Q=0.7"])
_HEADERS = st.lists(st.tuples(_RANGES, _Q).map("".join), max_size=6).map(",".join)


@given(st.text(max_size=200))
def test_any_text_at_all_gives_an_offer_or_none(header: str) -> None:
    assert choose(header, OFFERS) in (*OFFERS, None)
    assert choose_language(None, header) in ("nl", "en")


@given(_HEADERS)
def test_what_is_chosen_was_asked_for(header: str) -> None:
    chosen = choose(header, OFFERS)
    if header and chosen is not None:
        assert any(r.split(";")[0].strip() in (chosen, chosen.split("/")[0] + "/*", "*/*") for r in header.split(","))


@given(_HEADERS, st.permutations(OFFERS))
def test_order_of_ranges_does_not_matter(header: str, offers: list[str]) -> None:
    ranges = header.split(",")
    assert choose(header, offers) == choose(",".join(reversed(ranges)), offers)


@given(_HEADERS, st.sampled_from(OFFERS))
def test_what_is_refused_with_q_0_is_never_given(header: str, refused: str) -> None:
    kept = ",".join(r for r in header.split(",") if not r.startswith(refused))
    assert choose(f"{kept},{refused};q=0", OFFERS) != refused


@given(st.sampled_from(OFFERS), _HEADERS)
def test_more_offers_never_turn_an_answer_into_406(extra: str, header: str) -> None:
    if choose(header, OFFERS[:2]) is not None:
        assert choose(header, [*OFFERS[:2], extra]) is not None


@pytest.mark.parametrize("header", [None, "", "*/*", "*"])
def test_asking_for_nothing_in_particular_gives_the_default(header: str | None) -> None:
    assert choose(header, OFFERS, "text/turtle") == "text/turtle"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;q=0.5, application/json;q=0.4", "text/turtle"),
        ("text/*;q=0.9, text/html;q=0.1, application/json;q=0.5", "text/turtle"),
        ("*/*;q=0.1, text/html", "text/html"),
        ("text/*, application/rdf+xml", "application/rdf+xml"),  # equal q: the more specific one
        ('text/turtle; profile="http://a.example/"', "text/turtle"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("image/png", None),
        ("application/json;q=0", None),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        (
            "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09",
            "application/rdf+xml",
        ),
        ("text/turtle;q=banana, application/json;q=0.1", "application/json"),
    ],
)
def test_choice_by_q_then_specificity(header: str, expected: str | None) -> None:
    assert choose(header, OFFERS, OFFERS[0]) == expected


def test_only_a_range_that_names_a_type_counts_as_naming_it() -> None:
    assert names_type("text/turtle;q=0.1", OFFERS)
    assert not names_type("text/*, */*, text/turtle;q=0", OFFERS)


@pytest.mark.parametrize(
    ("parameter", "header", "expected"),
    [
        (None, None, "nl"),
        (None, "en", "en"),
        (None, "en-GB,en;q=0.9,nl;q=0.8", "en"),
        (None, "de, nl-BE;q=0.5, en;q=0.4", "nl"),
        (None, "de,fr", "nl"),
        (None, "de,*;q=0.5", "nl"),
        (None, "nl;q=0, en;q=0.1", "en"),
        ("en", "nl", "en"),
        ("xx", "en", "en"),
    ],
)
def test_language_is_dutch_unless_asked_otherwise(parameter: str | None, header: str | None, expected: str) -> None:
    assert choose_language(parameter, header) == expected


@pytest.mark.parametrize(
    "header", ["a/b," * 15_000, "*/*," * 15_000, "text/csv" + ";a=b" * 15_000, "text/csv;a=b;c=d," * 4_000]
)
def test_long_header_is_looked_through_in_next_to_no_time(header: str) -> None:
    """Nobody else is answered meanwhile."""

    def seconds() -> float:
        began = time.perf_counter()
        choose(header, OFFERS, OFFERS[0])
        choose_language(None, header)
        return time.perf_counter() - began

    assert min(seconds() for _ in range(5)) < 0.01


def test_what_is_asked_among_the_first_ranges_counts() -> None:
    assert choose("a/b," * 50 + f"{OFFERS[-1]}", OFFERS, OFFERS[0]) == OFFERS[-1]
