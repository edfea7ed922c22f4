"""The guard finds SERVICE wherever the engine would, and nowhere else."""

from __future__ import annotations

import time
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.engine import Form, GuardLimits, check
from vakgraaf.errors import QueryRefused, SyntaxProblem

LIMITS = GuardLimits()
_WORDS = st.text("abcdefghij SERVICE{}<>?:service.", max_size=30)
_CASES = st.lists(st.booleans(), min_size=7, max_size=7).map(
    lambda upper: "".join(c.upper() if up else c for c, up in zip("service", upper, strict=True))
)
_SPACE = st.text(" \t\n\r", max_size=3)


@st.composite
def _escaped(draw: st.DrawFn) -> str:
    """The keyword in any case, some of its letters as codepoint escapes."""
    forms = ("{}", "\\u{:04X}", "\\U{:08x}")
    return "".join(
        form.format(letter) if form == "{}" else form.format(ord(letter))
        for letter in draw(_CASES)
        for form in [draw(st.sampled_from(forms))]
    )


@given(_escaped(), _SPACE, _SPACE, st.sampled_from(["", "SILENT "]))
def test_service_is_refused_in_any_case_spacing_and_escape(keyword: str, before: str, after: str, silent: str) -> None:
    for pattern in ("ASK {{{}}}", "ASK {{ FILTER EXISTS {{{}}} }}", "SELECT (1 AS ?x) {{ OPTIONAL {{{}}} }}"):
        with pytest.raises(QueryRefused, match="SERVICE"):
            check(pattern.format(f"{before}{keyword} {silent}{after}<http://a.example/>{{}}"), LIMITS)


@given(_WORDS)
def test_service_in_a_comment_or_any_kind_of_string_is_fine(words: str) -> None:
    text = f"ASK {{ ?s ?p \"{words}\", '{words}', \"\"\"{words}\"\"\", '''{words}''' }} # {words}"
    assert check(text, LIMITS).form is Form.ASK


@given(st.from_regex(r"[a-z./#?&=]{0,10}(SERVICE|service)[a-z./#?&=]{0,10}", fullmatch=True))
def test_service_in_an_iri_is_fine(path: str) -> None:
    assert check(f"ASK {{ <http://a.example/{path}> ?p ?o }}", LIMITS).form is Form.ASK


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX service: <http://a.example/> ASK { ?s service:service ?service }",
        "PREFIX e: <http://a.example/> ASK { e:SERVICE e:a.SERVICE _:service }",
        "ASK { ?SERVICE $service 'x'@service }",
        "PREFIX service: <http://a.example/> ASK { GRAPH service:x { ?s ?p ?o } }",
        "PREFIX service: <http://a.example/> SELECT * FROM service:x { ?s ?p ?o }",
        r'ASK { ?s ?p "a\"SERVICE <x> {}" }',
        r'ASK { ?s ?p "a\u0022 SERVICE <x> {}" }',
    ],
)
def test_service_as_part_of_a_name_is_fine(text: str) -> None:
    assert check(text, LIMITS).form in Form


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p trueSERVICE<http://a.example/>{} }",
        "ASK { ?s ?p true.SERVICE<http://a.example/>{} }",
        "ASK { ?s ?p 1SERVICE<http://a.example/>{} }",
        "PREFIX : <http://a.example/> ASK { SERVICE:x {} }",
        "PREFIX : <http://a.example/> ASK { SERVICESILENT:x {} }",
        "PREFIX e: <http://a.example/> ASK { ?s ?p e:.SERVICE<http://a.example/>{} }",
        'ASK { ?s ?p "a"@en.SERVICE<http://a.example/>{} }',
        "SELECT (COUNT(?x) AS ?n) {} ORDER BY (EXISTS { SERVICE ?x {} })",
        "ASK { ?s ?p 'a'#'\nSERVICE<http://a.example/>{} }",
    ],
)
def test_service_is_refused_where_the_grammar_of_the_engine_needs_no_space(text: str) -> None:
    with pytest.raises(QueryRefused):
        check(text, LIMITS)


_FRAGMENTS = st.sampled_from(
    "SERVICE service SILENT GRAPH OPTIONAL FILTER true 1 1.5 1e a ?s ?p ?o ?SERVICE :x e:x e:a. e: _:b . ; ,"
    " { } ( ) [ ] <http://127.0.0.1:9/> \"a\" 'b' \"\"\" ''' \" ' @en -- \\u0053 \\u0022 # < > << >> ^^ | / *".split(
        " "
    )
)


@settings(max_examples=examples(600), deadline=None)
@given(st.lists(_FRAGMENTS, max_size=14), st.sampled_from(["", " ", "\n"]))
def test_nothing_that_passes_the_guard_makes_the_engine_call_a_service(parts: list[str], glue: str) -> None:
    """The engine gives itself away: it will not dial port 9, and says so."""
    text = f"PREFIX : <http://127.0.0.1:9/> PREFIX e: <http://127.0.0.1:9/> ASK {{ {glue.join(parts)} }}"
    try:
        passed = check(text, GuardLimits(max_nesting=20))
    except (QueryRefused, SyntaxProblem):
        return
    try:
        bool(ox.Store().query(passed.text))
    except SyntaxError:
        pass
    except (OSError, RuntimeError) as error:
        pytest.fail(f"{passed.text!r} reached out: {error}")


def outcome(text: str) -> object:
    """What the guard makes of a text, without the text itself."""
    try:
        return replace(check(text, GuardLimits(max_nesting=3)), text="")
    except (QueryRefused, SyntaxProblem) as refused:
        return type(refused), refused.nl, refused.en


@settings(max_examples=examples(600), deadline=None)
@given(st.lists(_FRAGMENTS, max_size=14), st.lists(_FRAGMENTS, max_size=3), st.sampled_from(["", " ", "\n"]))
def test_what_a_query_is_refused_for_does_not_depend_on_those_before(
    parts: list[str], more: list[str], glue: str
) -> None:
    """A short one is remembered by what the guard looks at; one with a long comment is always read."""
    text = f"ASK {{ {glue.join(parts)} }}"
    for other in more:
        outcome(text.replace(parts[0], other) if parts else other)
    assert outcome(text) == outcome(text + "\n#" + " " * 5000)
    assert outcome(text) == outcome(text)


@pytest.mark.parametrize("keyword", ["INSERT", "delete", "LOAD", "CLEAR", "DROP", "CREATE", "WITH", "MOVE"])
def test_update_is_refused_with_its_name_and_place(keyword: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        check(f"PREFIX e: <http://a.example/>\n  {keyword} <x>", LIMITS)
    assert "Regel 2, kolom 3" in refused.value.nl
    assert "Line 2, column 3" in refused.value.en


@given(st.integers(1, 300), st.sampled_from(["{}", "()", "[]"]))
def test_nesting_is_refused_exactly_beyond_the_limit(depth: int, pair: str) -> None:
    text = f"ASK {pair[0] * depth}{pair[1] * depth}"
    if depth > LIMITS.max_nesting:
        with pytest.raises(QueryRefused) as refused:
            check(text, LIMITS)
        assert refused.value.place == {"line": 1, "column": 5 + LIMITS.max_nesting, "token": pair[0]}
    else:
        check(text, LIMITS)


def test_length_counts_bytes() -> None:
    check("ASK{}#é", GuardLimits(max_bytes=8))
    with pytest.raises(QueryRefused):
        check("ASK{}#éé", GuardLimits(max_bytes=8))


def test_brackets_in_strings_do_not_nest() -> None:
    check(f'ASK {{ ?s ?p "{"{" * 500}" }}', LIMITS)


def test_string_without_an_end_is_a_syntax_problem_with_its_place() -> None:
    with pytest.raises(SyntaxProblem) as problem:
        check("ASK {\n ?s ?p 'a }", LIMITS)
    assert (problem.value.line, problem.value.column) == (2, 8)


@pytest.mark.parametrize("text", ["", "   # nothing", "PREFIX e: <x>", "FOO"])
def test_text_without_a_query_form_is_a_syntax_problem(text: str) -> None:
    with pytest.raises(SyntaxProblem):
        check(text, LIMITS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PREFIX ask: <x> BASE <y> select * {}", Form.SELECT),
        ("# SELECT\nASK{}", Form.ASK),
        ("\\u0063onstruct where {}", Form.CONSTRUCT),
        ("DESCRIBE<x>", Form.DESCRIBE),
        ('VERSION "1.2" SELECT*{}', Form.SELECT),
    ],
)
def test_form_is_the_first_keyword_after_the_prologue(text: str, form: Form) -> None:
    assert check(text, LIMITS).form is form


def test_escapes_outside_strings_are_decoded_and_inside_left_to_the_engine() -> None:
    assert check(r'ASK { ?s ?p :caf\u00E9, "\u0022" }', LIMITS).text == 'ASK { ?s ?p :café, "\\u0022" }'


def test_from_is_noticed_as_a_keyword_only() -> None:
    assert check("SELECT * FROM <x> {}", LIMITS).has_dataset
    assert not check("SELECT * { ?from :FROM 'FROM' } # FROM", LIMITS).has_dataset


@pytest.mark.parametrize(
    "text",
    [
        "é" * 200_000,
        "a." * 100_000,
        "<a" * 100_000,
        '"""a' + '"a' * 100_000,
        "e:a." * 50_000,
        "?a" * 100_000,
        "\\u0041" + '"""\\' * 50_000,
        "SERVICE:x #\n" * 30_000,
    ],
)
def test_guard_is_linear_in_the_length_of_nonsense(text: str) -> None:
    with pytest.raises((QueryRefused, SyntaxProblem)):
        check(text, GuardLimits(max_bytes=10**7))


@pytest.mark.parametrize("part", ["(1)", "()", "e:x ", "?x a 'b' ; ", "SERVICE:x ", "\\u0041 'a' "])
def test_long_query_is_looked_through_in_a_moment(part: str) -> None:
    """It happens between two requests of others; the bound is far above what it takes, and far below one second."""
    text = "SELECT * { " + part * (100_000 // len(part)) + "}"
    begun = time.process_time()
    check(text, LIMITS)
    assert time.process_time() - begun < 0.6
