"""Numbers in texts that anybody may have written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.rdf.numbers import natural, number_of


@given(st.integers(0, 10**9 - 1))
def test_digits_are_the_number_that_they_say(number: int) -> None:
    assert number_of(str(number)) == number


@given(st.one_of(st.text(max_size=6).filter(lambda text: not (text.isascii() and text.isdecimal()))))
def test_any_other_text_is_no_number(text: str) -> None:
    assert number_of(text) is None


def test_number_of_any_length_is_no_error() -> None:
    assert number_of("9" * 5000) is None
    assert number_of("²") is None
    assert sorted(["9" * 5000, "2", "10", "1.10", "1.9"], key=natural) == ["1.9", "1.10", "2", "10", "9" * 5000]


@given(st.lists(st.integers(0, 10**12)))
def test_natural_order_is_that_of_the_numbers(numbers: list[int]) -> None:
    assert [int(text) for text in sorted(map(str, numbers), key=natural)] == sorted(numbers)
