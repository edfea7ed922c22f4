"""What an index says holds together: totals, pages, facets, marks; and no input is too strange for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.rdf.iris import VG
from vakgraaf.search.answers import FACETS, PAGE, Found, Hit, Sought
from vakgraaf.search.index import Index

SENTENCES = ("begeleider", "sociale vaardigheden", "zorg")


def everything(index: Index, text: str, chosen: dict[str, str] | None = None) -> list[Hit]:
    """All results, page by page."""
    found: list[Hit] = []
    page = 1
    while hits := index.search(Sought(text, chosen or {}, page)).hits:
        found += hits
        page += 1
    return found


@pytest.mark.parametrize("text", SENTENCES)
def test_pages_hold_every_result_once(packaged: Index, text: str) -> None:
    hits = everything(packaged, text)
    total = packaged.search(Sought(text)).total
    assert total > PAGE
    assert len(hits) == len({hit.iri for hit in hits}) == total


@pytest.mark.parametrize("text", SENTENCES)
def test_number_at_a_class_is_that_of_the_results_of_it(packaged: Index, text: str) -> None:
    found = packaged.search(Sought(text))
    counted = Counter(hit.of.iri for hit in everything(packaged, text) if hit.of)
    assert {choice.name.iri: choice.things for choice in found.facets["class"]} == dict(
        sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:12]
    )


@pytest.mark.parametrize("text", SENTENCES)
def test_choosing_a_value_leaves_as_many_as_it_said(packaged: Index, text: str) -> None:
    found = packaged.search(Sought(text))
    for kind in ("profile", "branche"):
        assert found.facets[kind]
        for choice in found.facets[kind]:
            assert packaged.search(Sought(text, {kind: choice.name.iri})).total == choice.things


def test_value_that_is_chosen_does_not_hide_the_others_of_its_facet(packaged: Index) -> None:
    before = packaged.search(Sought("zorg"))
    second = before.facets["class"][1]
    after = packaged.search(Sought("zorg", {"class": second.name.iri}))
    assert [choice.name for choice in after.facets["class"]] == [choice.name for choice in before.facets["class"]]
    assert [choice.name for choice in after.facets["class"] if choice.chosen] == [second.name]
    assert sum(choice.things for choice in after.facets["profile"]) < sum(c.things for c in before.facets["profile"])


def test_wider_class_can_be_chosen_though_none_is_counted_there(packaged: Index) -> None:
    wide = packaged.search(Sought("", {"class": str(VG.Taak)}))
    assert {hit.of.iri for hit in wide.hits if hit.of} <= {str(VG.Taak), str(VG.Kerntaak), str(VG.Werkproces)}
    assert wide.total > packaged.search(Sought("", {"class": str(VG.Kerntaak)})).total == 13


def test_choice_that_nothing_has_finds_nothing_and_can_be_undone(packaged: Index) -> None:
    found = packaged.search(Sought("zorg", {"class": "urn:nergens"}))
    assert found.total == 0
    assert [choice.name.iri for choice in found.facets["class"] if choice.chosen] == ["urn:nergens"]


def test_nothing_asked_is_nothing_found(packaged: Index) -> None:
    assert packaged.search(Sought(" .,;!? ")).total == 0
    assert packaged.suggest(" ", 10) == []


def test_marks_are_around_words_that_were_looked_for(packaged: Index) -> None:
    found = packaged.search(Sought("begeleiden"))
    marked = [hit.snippet.text[a:b] for hit in found.hits if hit.snippet for a, b in hit.snippet.marks]
    assert marked
    assert all("begeleid" in word.casefold() for word in marked)


def test_snippet_of_a_long_text_is_the_part_with_the_word(index_with: Callable[[str], Index]) -> None:
    index = index_with(
        f'<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@nl ; <{VG}tekst> '
        f'"{"woorden zonder belang " * 100} spijkerbroek {"en nog veel meer " * 100}"@nl .'
    )
    (hit,) = index.search(Sought("spijkerbroek")).hits
    assert hit.snippet is not None
    assert "spijkerbroek" in hit.snippet.text
    assert len(hit.snippet.text) < 300


def test_texts_are_stemmed_in_their_own_language(index_with: Callable[[str], Index]) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    index = index_with(f'<urn:nl> {label} "besturen"@nl . <urn:en> {label} "organizations"@en .')
    assert [hit.iri for hit in index.search(Sought("organization")).hits] == ["urn:en"]
    assert [hit.iri for hit in index.search(Sought("bestuur besturen")).hits] == ["urn:nl"]


def test_name_that_is_another_thing_in_pieces_is_found(index_with: Callable[[str], Index]) -> None:
    index = index_with('<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Email"@nl .')
    assert [hit.iri for hit in index.search(Sought("e mail")).hits] == ["urn:a"]


def test_text_that_is_no_dutch_or_english_or_not_even_text_is_kept_as_it_is(
    index_with: Callable[[str], Index],
) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    index = index_with(f'<urn:a> {label} "日本語"@ja . <urn:b> {label} 42 . <urn:c> {label} "a\\tb\\n\\"c\\"\\\\"@nl .')
    assert [hit.iri for hit in index.search(Sought("日本語")).hits] == ["urn:a"]
    assert [hit.iri for hit in index.search(Sought("42")).hits] == ["urn:b"]
    assert index.search(Sought("tb")).total + index.search(Sought("b")).total > 0
    assert next(hit for hit in index.search(Sought("c")).hits if hit.iri == "urn:c").labels[0].text == 'a\tb\n"c"\\'


def check(found: Found) -> None:
    assert len(found.hits) <= min(PAGE, found.total)
    assert set(found.facets) == set(FACETS)
    for hit in found.hits:
        if hit.snippet is not None:
            assert all(0 <= a < b <= len(hit.snippet.text) for a, b in hit.snippet.marks)


@given(text=st.text(max_size=60), page=st.integers(1, 10**9))
@example(text='"zorg" OR NEAR(a b) {label}: *', page=1)
@example(text="\0'\"^-(){}[]*:+~", page=1)
@example(text="zorg " * 2000, page=1)
@example(text="x" * 10_000, page=1)
@example(text="\ud800 \udfff", page=1)
@example(text="p1 c2 b3 facet:c1", page=1)
@settings(max_examples=examples(150))
def test_no_text_is_too_strange(packaged: Index, text: str, page: int) -> None:
    check(packaged.search(Sought(text, page=page)))
    packaged.suggest(text, 10)


WORDS = st.sampled_from('zorg begeleider thuis de 1.1 AND OR NOT NEAR kernt xq begelijder cliënt a * " - :'.split())


@given(words=st.lists(WORDS, max_size=14), kind=st.sampled_from(FACETS), value=st.text(max_size=20))
@settings(max_examples=examples(100))
def test_no_combination_of_words_and_choices_is_too_strange(
    packaged: Index, words: list[str], kind: str, value: str
) -> None:
    check(packaged.search(Sought(" ".join(words))))
    check(packaged.search(Sought(" ".join(words), {kind: value})))
    packaged.suggest(" ".join(words), 10)
