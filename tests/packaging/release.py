"""Make a release ready: `scripts/release VERSION [--dry-run]`.

All of it happens in a copy; the tree is written to at the very end, when everything else went well. Nothing is
committed, tagged, pushed or published.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
EDITOR = Path("api/vakgraaf/web/static/built")
_UNRELEASED = "## [Unreleased]\n"
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_PROJECT_VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)


class NotReleasedError(Exception):
    """Why there is no release, in a sentence."""


def dated(changelog: str, version: str, day: str) -> str:
    """The changelog with what was unreleased under `version`. Raises `NotReleasedError` where there is nothing."""
    before, found, after = changelog.partition(_UNRELEASED)
    if not found:
        raise NotReleasedError("CHANGELOG.md has no heading [Unreleased].")
    if f"## [{version}]" in changelog:
        raise NotReleasedError(f"CHANGELOG.md has a section {version} already.")
    changes, heading, rest = after.partition("\n## [")
    if not re.search(r"^- ", changes, re.MULTILINE):
        raise NotReleasedError("CHANGELOG.md has no line under [Unreleased]: there is nothing to release.")
    return f"{before}{_UNRELEASED}\n## [{version}] - {day}\n{changes}{heading}{rest}"


def versioned(project: str, version: str) -> str:
    """pyproject.toml with that version. Raises `NotReleasedError` where it is none, or not a later one."""
    old, new = _VERSION.fullmatch(tomllib.loads(project)["project"]["version"]), _VERSION.fullmatch(version)
    if new is None or old is None:
        raise NotReleasedError(f"{version} is not a version: three numbers with dots between.")
    if tuple(map(int, new.groups())) <= tuple(map(int, old.groups())):
        raise NotReleasedError(f"{version} does not come after {old[0]}.")
    return _PROJECT_VERSION.sub(f'version = "{version}"', project, count=1)


def refuse_changes(root: Path) -> None:
    """Raises `NotReleasedError` where something is not committed: what is released must be found again."""
    changed = _run(["git", "status", "--porcelain"], root)
    if changed:
        raise NotReleasedError(f"There are changes that are not committed:\n{changed}")


def copied(root: Path, to: Path) -> None:
    """What git knows or would know, and the editor. Raises `NotReleasedError` where that was not built."""
    if not (root / EDITOR / "yasgui.js").is_file():
        raise NotReleasedError("The query editor has not been built: run scripts/assets, with a network.")
    names = _run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], root)
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)
    shutil.copytree(root / EDITOR, to / EDITOR, dirs_exist_ok=True)


def built(copy: Path, out: Path) -> tuple[Path, Path]:
    """The sdist, and the wheel that is built from it, as who has only the sdist would."""
    _run([sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(out)], copy)
    (sdist,) = out.glob("*.tar.gz")
    shutil.unpack_archive(sdist, copy.parent / "unpacked", filter="data")
    (unpacked,) = (copy.parent / "unpacked").iterdir()
    _run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)], unpacked)
    (wheel,) = out.glob("*.whl")
    return sdist, wheel


def tried(packed: Path, room: Path, pins: Path) -> None:
    """Install a wheel or sdist into an empty environment and use it. Raises `NotReleasedError` where that fails."""
    print(f"  trying {packed.name} in an empty environment", flush=True)
    _run([sys.executable, "-m", "venv", str(room)], room.parent)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", str(pins), str(packed)]
    _run([str(room / "bin" / "python"), *install], room.parent)
    trial = Path(__file__).with_name("trial.py")
    print(
        _run([sys.executable, str(trial), str(room / "bin" / "vakgraaf"), str(room)], room.parent), end="", flush=True
    )


def release(root: Path, version: str, day: str, *, dry: bool) -> list[Path]:
    """The files of the release, in dist/ unless it is `dry`. Raises `NotReleasedError`."""
    project = versioned((root / "pyproject.toml").read_text("utf-8"), version)
    changelog = dated((root / "CHANGELOG.md").read_text("utf-8"), version, day)
    if not dry:
        refuse_changes(root)
    with tempfile.TemporaryDirectory(prefix="vakgraaf-release-") as name:
        copy, out = Path(name) / "copy", Path(name) / "dist"
        copied(root, copy)
        (copy / "pyproject.toml").write_text(project, "utf-8")
        (copy / "CHANGELOG.md").write_text(changelog, "utf-8")
        files = built(copy, out)
        for packed in files:
            tried(packed, Path(name) / packed.suffix.strip("."), copy / "requirements" / "serve.txt")
        if dry:
            return [*files]
        (root / "dist").mkdir(exist_ok=True)
        kept = [Path(shutil.copy2(packed, root / "dist")) for packed in files]
    (root / "pyproject.toml").write_text(project, "utf-8")
    (root / "CHANGELOG.md").write_text(changelog, "utf-8")
    return kept


def _run(command: list[str], where: Path) -> str:
    run = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if run.returncode:
        told = (run.stderr or run.stdout).strip()
        raise NotReleasedError(f"{' '.join(command[:5])} … failed:\n{told[-4000:]}")
    return run.stdout


def main(arguments: list[str]) -> int:
    """0 where there is a release, 2 where there is none."""
    parser = argparse.ArgumentParser(prog="scripts/release", description=__doc__)
    parser.add_argument("version", help="three numbers with dots between")
    parser.add_argument("--dry-run", action="store_true", help="build and try, and leave everything as it is")
    given = parser.parse_args(arguments)
    try:
        files = release(ROOT, given.version, datetime.now(UTC).date().isoformat(), dry=given.dry_run)
    except NotReleasedError as error:
        print(f"No release. {error}", file=sys.stderr)
        return 2
    print(f"{'Would be released' if given.dry_run else 'Ready in dist/'}: {', '.join(file.name for file in files)}")
    if not given.dry_run:
        print(f"Now read git diff, commit, tag v{given.version}, push, and publish dist/ where it belongs.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
