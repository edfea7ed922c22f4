"""SSSOM/TSV goes in and comes out without loss, and what is wrong in a file is told with its line."""

from __future__ import annotations

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.errors import SyntaxProblem
from vakgraaf.linking.candidate import EXACT, PREDICATES, Ground, GroundKind
from vakgraaf.linking.mappings.mapping import JUSTIFICATIONS, Mapping, Status
from vakgraaf.linking.mappings.statements import gathered, record
from vakgraaf.linking.mappings.tsv import MappingSet, read, write
from vakgraaf.pipeline.linking.exchange import as_sssom, taken

_SIGNS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_TEXT = st.text(_SIGNS | st.sampled_from('\t\n"|#\\'), min_size=1, max_size=12)
_WORD = st.text("abcXYZ09_.-éß%", min_size=1, max_size=8)
_IRI = st.builds(
    "{}{}".format,
    st.sampled_from(
        [
            "https://w3id.org/vakgraaf/id/werkproces/",
            "http://data.europa.eu/esco/skill/",
            "http://a.example/x#",
            "urn:x:",
        ]
    ),
    _WORD.map(lambda word: word.replace("%", "%25")),
)
_GROUND = st.builds(Ground, st.sampled_from(GroundKind), _TEXT, _TEXT, st.floats(-9, 9))
_MAPPING = st.builds(
    Mapping,
    subject=_IRI,
    predicate=st.sampled_from(PREDICATES),
    object=_IRI,
    justification=st.sampled_from(JUSTIFICATIONS),
    subject_label=st.just("") | _TEXT,
    object_label=_TEXT,
    confidence=st.none() | st.floats(0, 1),
    author=st.just("") | _TEXT,
    date=st.just("") | st.dates().map(str),
    tool=st.just("") | _TEXT,
    comment=_TEXT,
    status=st.sampled_from(Status),
    grounds=st.lists(_GROUND, max_size=2).map(tuple),
    extra=st.dictionaries(st.sampled_from(["ext_x", "other", "license"]), _TEXT).map(
        lambda d: tuple(sorted(d.items()))
    ),
)
_METADATA = st.dictionaries(
    st.sampled_from(["mapping_set_id", "license", "comment", "mapping_set_version", "x"]),
    _TEXT | st.lists(_TEXT, min_size=1, max_size=2) | st.sampled_from(["1.10", "2020-01-01", "null", "yes"]),
)

FILE = """#curie_map:
#  a: "http://a.example/"
#  b: "http://b.example/"
#mapping_set_id: http://a.example/set
#mapping_set_version: 1.10
#creator_label: [Anna, Ben]
#my_own: {deep: [1, 2]}
subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tauthor_label\tunheard_of\tsubject_source
a:1\tskos:closeMatch\tb:2\tsemapv:LexicalMatching\t0.5\tPiet\tkept, "as it is"\ta:whole
"""


@given(st.lists(_MAPPING, max_size=4).map(tuple), _METADATA)
def test_what_is_written_is_read_back_the_same_and_written_the_same(
    mappings: tuple[Mapping, ...], metadata: dict[str, object]
) -> None:
    text = write(MappingSet(mappings, metadata))
    back = read(text)
    assert back.mappings == mappings
    assert {name: value for name, value in back.metadata.items() if name != "curie_map"} == metadata
    assert write(back) == text


def test_a_file_of_others_keeps_its_columns_its_metadata_and_its_prefixes() -> None:
    found = read(FILE)
    assert found.mappings[0].subject == "http://a.example/1"
    assert dict(found.mappings[0].extra) == {
        "unheard_of": 'kept, "as it is"',
        "subject_source": "http://a.example/whole",
    }
    again = read(write(found))
    assert (again.mappings, again.columns) == (found.mappings, found.columns)
    assert again.metadata["mapping_set_version"] == "1.10"
    assert again.metadata["my_own"] == {"deep": ["1", "2"]}
    assert again.metadata["curie_map"].items() >= {"a": "http://a.example/", "b": "http://b.example/"}.items()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("b:2", "c:2", 9),
        ("0.5", "1.5", 9),
        ("0.5", "veel", 9),
        ("0.5", "0,5", 9),
        ("a:1\t", "http://a.example/a b\t", 9),
        ("a:1\t", "http://a.example/%zz\t", 9),
        ('kept, "as it is"', '"Kept" as it is', 9),
        ("kept,", "kept\x00,", 9),
        ("kept,", "kept\uffff,", 9),
        ("semapv:LexicalMatching", "semapv:Gokken", 9),
        ("a:1\t", "\t", 9),
        ("mapping_justification", "justification", 8),
        ("#my_own: {deep: [1, 2]}", "#my_own: {deep: [1, 2]", 8),
        ("#my_own: {deep: [1, 2]}", "#x: &a [1]\n#y: *a", 8),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(old: str, new: str, line: int) -> None:
    with pytest.raises(SyntaxProblem) as refused:
        read(FILE.replace(old, new))
    assert refused.value.line == line
    assert refused.value.message("nl") != refused.value.message("en")
    assert not re.search(r"could not|expected after|not an IRI", refused.value.message("nl"))


def test_what_somebody_else_denies_is_no_proposal() -> None:
    """SSSOM, predicate_modifier Not: the relation does not hold. Only our own rejection is taken over, as one."""
    head = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tpredicate_modifier\tauthor_label\text_status\n"
    row = "http://a.example/{}\tskos:exactMatch\thttp://b.example/1\tsemapv:ManualMappingCuration\tNot\t{}\t{}\n"
    rows = (row.format(1, "", ""), row.format(2, "docent", ""), row.format(3, "Piet", "afgewezen"))
    found = taken(head + "".join(rows) + row.format(4, "docent", "afgewezen"), (), date(2026, 11, 23))
    assert [(one.subject, one.status) for one in found.new] == [("http://a.example/4", Status.REJECTED)]
    assert found.left == 3


@given(st.text(min_size=1, max_size=6))
def test_a_column_of_others_is_kept_in_the_graph_whatever_it_is_called(column: str) -> None:
    mapping = Mapping("a:a", EXACT, "a:b", JUSTIFICATIONS[0], extra=((f"ext_{column}", "x"),))
    store = ox.Store()
    store.load(" .\n".join((*record(mapping), "")).encode(), ox.RdfFormat.N_TRIPLES)
    assert gathered((q.subject.value, q.predicate.value, q.object.value) for q in store) == [mapping]


@pytest.mark.skipif(find_spec("sssom") is None, reason="needs the extra 'sssom', a hundred packages")
@pytest.mark.filterwarnings("default")  # its own dependencies warn of each other
@pytest.mark.parametrize("every", [False, True])
def test_the_package_of_sssom_finds_our_files_valid(tmp_path: Path, every: bool) -> None:
    from sssom.parsers import parse_sssom_table  # type: ignore[import-not-found,unused-ignore]  # no part of the test set
    from sssom.validators import validate  # type: ignore[import-not-found,unused-ignore]  # no part of the test set

    ground = Ground(GroundKind.WORDS, 'Zelfde "woorden"', "Same words", 1.5)
    mappings = [
        Mapping(
            f"https://w3id.org/vakgraaf/id/werkproces/een-{status}",
            predicate,
            "http://data.europa.eu/esco/skill/2",
            JUSTIFICATIONS[0],
            "één\ttwee",
            "twee|drie",
            0.5,
            author="" if status is Status.PROPOSED else "docent",
            date="2026-11-22",
            tool="vakgraaf",
            status=status,
            grounds=(ground,),
            comment="is ruimer",
        )
        for status, predicate in zip(Status, PREDICATES, strict=False)
    ]
    file = tmp_path / "x.sssom.tsv"
    file.write_text(as_sssom(mappings, every=every), "utf-8")
    found = parse_sssom_table(str(file))
    # Raises where anything is wrong, and says what it is of.
    validate(found)
    assert len(found.df) == (len(mappings) if every else 1)
