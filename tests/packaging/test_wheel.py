"""An installed wheel finds its RDF folders as an editable install does."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from vakgraaf.errors import UnknownThing
from vakgraaf.resources import folder

ROOT = Path(__file__).parents[2]
FOLDERS = ("ontology", "shapes", "data/graphs", "data/queries", "data/reference", "data/sources")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a freshly built wheel, as pip would lay it down."""
    where = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(where)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = where.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(where / "site")
    return where / "site"


@pytest.mark.parametrize("name", FOLDERS)
def test_a_checkout_finds_its_folders(name: str) -> None:
    assert folder(name) == ROOT / name


def test_a_folder_that_is_not_ours_is_unknown() -> None:
    for name in ("tests", "data/geheim", "../etc"):
        with pytest.raises(UnknownThing):
            folder(name)


def test_a_wheel_holds_every_file_of_the_folders(installed: Path) -> None:
    for name in FOLDERS:
        packed = {path.name for path in (installed / "vakgraaf" / name).iterdir()}
        assert packed == {path.name for path in (ROOT / name).iterdir()}


def test_a_wheel_holds_what_pages_load_the_editor_too_where_it_was_built(installed: Path) -> None:
    static = "api/vakgraaf/web/static"
    there = {path.relative_to(ROOT / static) for path in (ROOT / static).rglob("*") if path.name[0] != "."}
    packed = {
        path.relative_to(installed / "vakgraaf/web/static") for path in (installed / "vakgraaf/web/static").rglob("*")
    }
    assert there <= packed


def test_an_installed_wheel_finds_its_folders(installed: Path, tmp_path: Path) -> None:
    program = f"from vakgraaf.resources import folder; [print(folder(name)) for name in {FOLDERS!r}]"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [str(installed / "vakgraaf" / name) for name in FOLDERS]


def test_an_installed_wheel_understands_a_document(installed: Path, tmp_path: Path) -> None:
    source = next((ROOT / "data/sources").glob("addendum*.txt"))
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    run = subprocess.run(
        [sys.executable, "-m", "vakgraaf", "ingest", str(source)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / f"{source.stem}.ttl").is_file()
