"""The pages keep up with the program: nothing without a heading, no link to nowhere, generated parts in step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from docs import generate
from vakgraaf import errors
from vakgraaf.__main__ import command_line
from vakgraaf.settings import Settings
from vakgraaf.sparql.rewriting import RULES
from vakgraaf.web import (
    catalog_view,
    compare_view,
    diff_view,
    discovery,
    drafting_view,
    graphs,
    home,
    levels_view,
    links_view,
    matrix_view,
    mcp_view,
    openapi_view,
    problem_kinds,
    queries,
    resources_view,
    search,
    source_view,
    sparql,
    store,
    structure_view,
    suggest,
    terms,
    update,
    validate,
    void_view,
    watching,
)

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md"), *ROOT.glob("scripts/*.md")],
    key=str,
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("2*.md"))
_FENCED = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def prose(page: Path) -> str:
    """The text of a page without its blocks of code."""
    return _FENCED.sub("", page.read_text("utf-8"))


def headings(page: Path) -> list[str]:
    return [found.replace("`", "") for found in _HEADING.findall(prose(page))]


def anchors(page: Path) -> set[str]:
    """The anchors that a page has on the usual forges: lower case, hyphens for spaces, other signs gone."""
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings(page)}


def test_generated_parts_are_in_step() -> None:
    assert generate.main(check=True) == 0, "scripts/docs"


def test_every_command_has_a_heading() -> None:
    names = {name for name, _ in generate.every_command()}
    assert names >= {"vakgraaf link", "vakgraaf link list"}
    assert names == {found for found in headings(REFERENCE / "command-line.md") if found.startswith("vakgraaf ")}


def test_every_setting_has_a_heading() -> None:
    names = {f"VAKGRAAF_{name.upper()}" for name in Settings.model_fields}
    assert names == {found for found in headings(REFERENCE / "settings.md") if found.startswith("VAKGRAAF_")}


def test_every_route_has_a_heading() -> None:
    modules = (
        home,
        search,
        source_view,
        sparql,
        update,
        store,
        problem_kinds,
        resources_view,
        compare_view,
        diff_view,
        levels_view,
        links_view,
        matrix_view,
        structure_view,
        suggest,
        terms,
        graphs,
        void_view,
        catalog_view,
        discovery,
        drafting_view,
        mcp_view,
        openapi_view,
        queries,
        validate,
        watching,
    )
    paths = {route.path.replace(":path", "") for module in modules for route in module.router.routes}
    assert paths == {found for found in headings(REFERENCE / "http.md") if found.startswith("/")}


def test_every_rule_of_the_rewriter_has_a_heading() -> None:
    text = prose(REFERENCE / "query-rewriting.md")
    rules = text.partition("\n## Rules\n")[2].partition("\n## ")[0]
    assert _HEADING.findall(rules) == list(RULES)


def test_every_error_has_a_heading() -> None:
    names = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert names <= set(headings(REFERENCE / "errors.md"))


def test_readme_is_short_and_its_map_names_every_folder() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    ignored = {"build", "dist", "node_modules"}
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith((".", "_")) and path.name not in ignored
    }
    shown = set(re.findall(r"^(\S+)/ {2,}\S", text, re.MULTILINE))
    assert {name for name in folders if not name.endswith(".egg-info")} | {".ci"} == shown
    assert len(text.splitlines()) <= 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in _LINK.findall(prose(page)):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / unquote(target)).resolve() if target else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            lost.append(link)
    assert not lost


@pytest.mark.parametrize("record", DECISIONS, ids=lambda record: record.stem)
def test_decision_record_has_the_form(record: Path) -> None:
    text = record.read_text("utf-8")
    assert re.fullmatch(r"20\d{6}-[a-z][a-z0-9-]*", record.stem)
    assert headings(record)[1:] == ["Context", "Decision", "Consequences"]
    assert re.search(r"^Status: (?:proposed|accepted|replaced by \S+), \d{4}-\d{2}-\d{2}\.$", text, re.MULTILINE)
    assert len(text.split()) <= 450
    assert f"({record.name})" in (record.parent / "README.md").read_text("utf-8")


def test_pages_name_no_path_of_a_machine() -> None:
    told = re.compile(r"(?<![\w.~$/])/(?:home|root|tmp|work|Users|usr)/")
    assert not [str(page) for page in PAGES if told.search(page.read_text("utf-8"))]


def test_every_file_that_a_page_names_is_there() -> None:
    """Names in backticks that begin with a folder of ours; `…`, `*` and `{}` stand for any name."""
    named = re.compile(r"`((?:api|assets|data|docs|ontology|requirements|scripts|shapes|tests)/[^`\s]*)`")
    lost = []
    for page in PAGES:
        for name in named.findall(prose(page)):
            pattern = re.sub(r"\{[^}]*\}|…", "*", name).rstrip("/")
            if not any(ROOT.glob(pattern)) and not _MADE_UP.search(name):
                lost.append(f"{page.relative_to(ROOT)}: {name}")
    assert not lost


_MADE_UP = re.compile(r"bijscholing|tuinhelper|YYYYMMDD")
"""What contributors are told to make, for instance."""


def test_the_index_lists_every_page() -> None:
    docs = ROOT / "docs"
    listed = {link.rstrip("/") for link in _LINK.findall((docs / "index.md").read_text("utf-8"))}
    files = (path.relative_to(docs) for path in docs.rglob("*") if path.suffix in (".md", ".ipynb", ".R"))
    assert not [str(name) for name in files if {str(name), *map(str, name.parents)}.isdisjoint(listed | {"index.md"})]


def test_scripts_readme_lists_every_script() -> None:
    text = (ROOT / "scripts" / "README.md").read_text("utf-8")
    scripts = {path.name for path in (ROOT / "scripts").iterdir() if path.suffix != ".md"}
    assert scripts == {name.split()[0] for name in re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)}


_COMMAND = re.compile(r"(?:^|[`\s(]|bin/)vakgraaf ((?:[a-z]+)(?: [^`\n|;#)]*)?)", re.MULTILINE)
_VARIABLE = re.compile(r"\bVAKGRAAF_[A-Z0-9_]+(?!…|[A-Z0-9_])")
_NO_SETTINGS = {"VAKGRAAF_LANG", "VAKGRAAF_CONFIG", "VAKGRAAF_SERVER"}
_READ_BY_A_TEST = re.compile(r"environ(?:\.get)?[\[(]\"(VAKGRAAF_\w+)\"")


def options(command: Any) -> set[str]:
    """Every option of a command, and of what is below it."""
    below = getattr(command, "commands", {}).values()
    own = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    return own.union({"--help"}, *map(options, below))


def test_every_command_and_option_that_a_page_names_is_there() -> None:
    group: Any = typer.main.get_command(command_line())
    wrong = []
    for page in PAGES:
        if page.name == "CHANGELOG.md":
            continue
        for told in _COMMAND.findall(page.read_text("utf-8")):
            name, *words = told.split()
            if name not in group.commands:
                wrong.append(f"{page.relative_to(ROOT)}: vakgraaf {told}")
                continue
            named = {found for word in words for found in re.findall(r"^--[a-z-]+", word)}
            wrong += [
                f"{page.relative_to(ROOT)}: vakgraaf {name} {one}" for one in named - options(group.commands[name])
            ]
    assert not wrong


def test_every_setting_that_a_page_names_is_there() -> None:
    known = {f"VAKGRAAF_{name.upper()}" for name in Settings.model_fields} | _NO_SETTINGS
    for test in (ROOT / "tests").rglob("*.py"):
        known.update(_READ_BY_A_TEST.findall(test.read_text("utf-8")))
    wrong = [
        f"{page.relative_to(ROOT)}: {name}"
        for page in PAGES
        for name in set(_VARIABLE.findall(page.read_text("utf-8"))) - known
    ]
    assert not wrong
