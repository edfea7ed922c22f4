"""`vakgraaf link` as its users run it: SSSOM in, decisions, SSSOM out, and proposals from the packaged data."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from filled import filled
from vakgraaf.commands.reviewing import by_hand

Run = Callable[..., Any]
FILE = """subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\treviewer_label
http://a.example/1\tZorgt\tskos:closeMatch\thttp://b.example/1\tVerzorgt\tsemapv:LexicalMatching\tPiet Jansen
http://a.example/2\tOverlegt\tskos:exactMatch\thttp://b.example/2\tOverlegt\tsemapv:LexicalMatching\tPiet Jansen
"""


@pytest.fixture
def run(command: Run, tmp_path: Path) -> Run:
    """Run `vakgraaf …` on a store of this test's own that has two proposals."""
    bound: Run = partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")
    file = tmp_path / "in.sssom.tsv"
    file.write_text(FILE, "utf-8")
    imported = bound("link", "import", file)
    assert imported.stdout == "2 nieuw, 0 al bekend, 0 hier niet bruikbaar.\n", imported.stderr
    return bound


def _ids(run: Run) -> list[str]:
    return [one["id"] for one in json.loads(run("link", "list", "--json").stdout)]


def test_decisions_are_made_and_taken_back(run: Run) -> None:
    one, other = _ids(run)
    accepted = run("link", "accept", one, "--role", "docent", "--predicate", "broad", "--json")
    assert [(m["status"], m["author_label"]) for m in json.loads(accepted.stdout)] == [("aangenomen", "docent")]
    assert run("link", "reject", other, "--role", "docent", "--reason", "te vaag").returncode == 0
    assert run("link", "list").stdout.endswith("2 van 2 beoordeeld.\n")
    assert "broadMatch" in run("export", "--graph", "koppelingen", "--format", "nt").stdout
    assert run("link", "undo", one, "--role", "beheerder").returncode == 0
    assert run("link", "list", "--lang", "en").stdout.endswith("1 of 2 reviewed.\n")
    assert run("link", "export").stdout.count("http://a.example") == 0


def test_only_a_role_of_the_list_may_decide_and_only_once(run: Run) -> None:
    one = _ids(run)[0]
    refused = run("link", "accept", one, "--role", "Piet Jansen")
    assert (refused.returncode, "rol" in refused.stderr) == (2, True)
    assert run("link", "accept", "onbekend", "--role", "docent").returncode == 2
    assert run("link", "accept", one, "--role", "docent").returncode == 0
    assert run("link", "reject", one, "--role", "docent").returncode == 2


def test_what_goes_out_comes_in_again_elsewhere_without_names_of_persons(
    run: Run, command: Run, tmp_path: Path
) -> None:
    run("link", "accept", _ids(run)[0], "--role", "docent")
    assert run("link", "export", "--all", "--out", "out.sssom.tsv").returncode == 0
    text = (tmp_path / "out.sssom.tsv").read_text("utf-8")
    assert "Piet" not in text
    there: Run = partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "other"), VAKGRAAF_EMPTY="true")
    assert there("link", "import", "out.sssom.tsv").returncode == 0
    assert there("link", "export", "--all").stdout.strip() == text.strip()


def test_reviewing_by_hand_says_when_there_is_no_terminal(run: Run) -> None:
    ended = run("link", "review", "--role", "docent")
    assert (ended.returncode, "terminal" in ended.stderr) == (2, True)


def test_reviewing_by_hand_takes_a_key_for_each(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = iter(["a", "u", "r", "3", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(keys))
    monkeypatch.setattr(
        "vakgraaf.commands.linking.by_hand", lambda *given, terminal: by_hand(*given, terminal=not terminal)
    )
    ended = run("link", "review", "--role", "docent")
    assert ended.stdout.endswith("2 van 2 beoordeeld.\n"), ended.stderr
    assert sorted(m["status"] for m in json.loads(run("link", "list", "--json").stdout)) == ["aangenomen", "afgewezen"]


def test_proposals_are_kept_once_and_state_nothing(
    command: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run: Run = partial(command, tmp_path, VAKGRAAF_STORE=str(filled(tmp_path_factory, tmp_path / "state")))
    ends = ("bcp-thuisbegeleider-2011", "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013")
    found = json.loads(run("link", "propose", *ends, "--most", "1", "--json").stdout)
    assert found
    assert all(one["status"] == "voorgesteld" and one["grounds"] for one in found)
    assert json.loads(run("link", "propose", *ends, "--most", "1", "--json").stdout) == []
    assert run("export", "--graph", "koppelingen").returncode == 2
