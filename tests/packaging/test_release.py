"""A release dates the changelog, refuses what would not be found again, and holds what works by itself."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
CHANGELOG = """# Changelog

## [Unreleased]

### Added

- Pages: one more.

## [0.1.0] - 2026-11-21

### Added

- Pages: the first.
"""
PROJECT = '[project]\nname = "vakgraaf"\nversion = "0.1.0"\n\n[tool.x]\nversion = "7"\n'


@pytest.fixture(scope="module")
def release() -> ModuleType:
    """The script. There is a library called `packaging`, so it cannot be imported by its place."""
    found = importlib.util.spec_from_file_location("vakgraaf_release", Path(__file__).with_name("release.py"))
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with a changelog, a project file, and all of it committed."""
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, "utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    return tmp_path


def test_what_was_unreleased_gets_the_version_and_the_day(release: ModuleType) -> None:
    text = release.dated(CHANGELOG, "0.2.0", "2026-12-01")
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- Pages: one more.\n\n## [0.1.0]" in text
    assert text.replace("\n## [0.2.0] - 2026-12-01\n", "") == CHANGELOG


@pytest.mark.parametrize(
    ("changelog", "why"),
    [
        (CHANGELOG.replace("- Pages: one more.\n", ""), "nothing to release"),
        (CHANGELOG.replace("Unreleased", "Later"), "no heading"),
        (CHANGELOG.replace("0.1.0", "0.2.0"), "already"),
    ],
)
def test_changelog_that_says_nothing_new_is_no_release(release: ModuleType, changelog: str, why: str) -> None:
    with pytest.raises(release.NotReleasedError, match=why):
        release.dated(changelog, "0.2.0", "2026-12-01")


def test_version_is_set_once_and_only_goes_up(release: ModuleType) -> None:
    assert release.versioned(PROJECT, "0.10.0") == PROJECT.replace('"0.1.0"', '"0.10.0"')
    for version in ("0.1.0", "0.0.9", "1.0", "v1.0.0", "1.0.0rc1"):
        with pytest.raises(release.NotReleasedError):
            release.versioned(PROJECT, version)


@pytest.mark.parametrize("name", ["CHANGELOG.md", "new.txt"])
def test_tree_with_changes_that_are_not_committed_is_refused(release: ModuleType, tree: Path, name: str) -> None:
    (tree / name).write_text(CHANGELOG + "- More.\n", "utf-8")
    with pytest.raises(release.NotReleasedError, match=name):
        release.release(tree, "0.2.0", "2026-12-01", dry=False)
    assert (tree / "pyproject.toml").read_text("utf-8") == PROJECT


def test_without_the_editor_there_is_no_release_and_nothing_has_changed(release: ModuleType, tree: Path) -> None:
    with pytest.raises(release.NotReleasedError, match="editor"):
        release.release(tree, "0.2.0", "2026-12-01", dry=False)
    assert (tree / "CHANGELOG.md").read_text("utf-8") == CHANGELOG
    assert not (tree / "dist").exists()


def test_the_changelog_and_the_version_that_are_here_can_be_released(release: ModuleType) -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    if "- " in text.partition("## [Unreleased]")[2].partition("\n## [")[0]:
        assert "## [1000.0.0] - 2026-12-01" in release.dated(text, "1000.0.0", "2026-12-01")
    assert 'version = "1000.0.0"' in release.versioned((ROOT / "pyproject.toml").read_text("utf-8"), "1000.0.0")


@pytest.mark.slow
def test_wheel_and_sdist_work_by_themselves_in_an_empty_environment() -> None:
    command = [sys.executable, str(Path(__file__).with_name("release.py")), "1000.0.0", "--dry-run"]
    before = (ROOT / "CHANGELOG.md").read_text("utf-8")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if "Could not find a version" in run.stderr or "has not been built" in run.stderr:
        pytest.skip("there is no network to install from, or no editor was built")
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("the editor is there") == 2
    assert (ROOT / "CHANGELOG.md").read_text("utf-8") == before
