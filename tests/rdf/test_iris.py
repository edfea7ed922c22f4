"""IRIs are readable, stable, and minted in one place."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.rdf.iris import BASE, document_of, graph, slug, thing

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("profiel", "Thuisbegeleider 2011"), "id/profiel/thuisbegeleider-2011"),
        (("werkproces", "thuisbegeleider-2011", "1.1"), "id/werkproces/thuisbegeleider-2011-1.1"),
        (("competentie", "kbb-A"), "id/competentie/kbb-a"),
        (("skill", "Cliëntsysteem én (zo)"), "id/skill/clientsysteem-en-zo"),
        (("passage", "x-2011", "r3-r4"), "id/passage/x-2011-r3-r4"),
    ],
)
def test_references_follow_the_contract(parts: tuple[str, ...], expected: str) -> None:
    assert str(thing(*parts)) == BASE + expected


def test_a_thing_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="no reference"):
        thing("skill", "…")


@given(st.text())
def test_a_slug_is_lower_kebab_ascii(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))


def test_things_have_a_page_and_other_iris_stay() -> None:
    assert document_of(BASE + "id/skill/x") == BASE + "doc/skill/x"
    assert document_of(str(graph("x"))) == str(graph("x"))


def test_nothing_but_names_py_spells_the_base() -> None:
    """Code only: data and ontology files hold full IRIs by nature."""
    listed = subprocess.run(["git", "ls-files", "api"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    spelled = [
        name
        for name in listed.split()
        if name.endswith(".py") and "w3id.org/vakgraaf" in (ROOT / name).read_text("utf-8")
    ]
    assert spelled == ["api/vakgraaf/rdf/names.py"]
