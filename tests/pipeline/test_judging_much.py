"""A registry is judged without a graph of it, and gets the report that it would get otherwise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.registry import statements
from vakgraaf.pipeline import judging_much
from vakgraaf.pipeline.judging import validate_files
from vakgraaf.validation.report import Report


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small registry, the last profile of which is cut short."""
    path = tmp_path_factory.mktemp("registry") / "registry.nq"
    path.write_text("".join(statements(6000, seed=3)), "utf-8")
    return path


def results(report: Report) -> list[tuple[str, str | None, str | None, str]]:
    return [(found.focus, found.path, found.value, found.source_shape) for found in report.results]


def test_registry_gets_the_results_that_it_gets_as_a_graph(registry: Path) -> None:
    steps: list[tuple[int, int]] = []
    report = judging_much.judge_much([str(registry)], lambda done, of: steps.append((done, of)))
    assert results(report) == results(validate_files([registry]))
    assert not report.conforms
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))


def test_registry_behind_a_byte_order_mark_is_the_same(registry: Path, tmp_path: Path) -> None:
    marked = tmp_path / "marked.nq"
    marked.write_bytes(b"\xef\xbb\xbf" + registry.read_bytes())
    assert results(judging_much.judge_much([str(marked)])) == results(judging_much.judge_much([str(registry)]))


def test_only_files_of_rdf_that_are_much_together_are_judged_so(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not judging_much.is_much([str(registry)])
    monkeypatch.setattr(judging_much, "MUCH_BYTES", 1000)
    assert judging_much.is_much([str(registry)])
    document = tmp_path / "addendum.txt"
    document.write_text("x" * 2000)
    assert not judging_much.is_much([str(registry), str(document)])
    assert not judging_much.is_much(["-"])


def test_command_says_no_to_a_large_registry_with_a_fault(registry: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.nq"
    line = registry.read_text("utf-8")
    filler = "".join(f'<urn:x-test:{n}> <urn:x-test:p> "{"x" * 1000}" .\n' for n in range(17_000))
    large.write_text(line + filler, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "vakgraaf", "validate", str(large)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Voldoet niet" in done.stdout
    assert done.stderr == ""
