"""Killed, out of room or without power at any step of any write, a store is what it was or what it was to be."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from durability.looking import Seen, look
from durability.power import cut
from durability.scenes import Scene, scenes
from durability.stepping import COMPILER, Step, Stepper, Stopped
from vakgraaf.engine.backups import HEAD, verify

pytestmark = pytest.mark.skipif(COMPILER is None, reason="needs a C compiler, to count the steps of a program")

NAMES = (
    "publish load load-large load-many copy copy-next restore"
    " restore-live backup fill refill migrate describe index index-shelf"
).split()
Telling = Callable[[str, str, "Trial"], None]
_MOST = int(os.environ.get("KILLS_PER_ACT", "24"))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scene]:
    """All acts, by name."""
    return {scene.name: scene for scene in scenes(tmp_path_factory.mktemp("stage"))}


@pytest.fixture(scope="module")
def stepper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stepper]:
    """What stops programs."""
    made = Stepper.compiled(tmp_path_factory.mktemp("stepper"))
    yield made
    made.close()


class Trial:
    """One act on one store, as often as it is stopped: what it was, what it is to be, and what was found."""

    def __init__(self, scene: Scene, stepper: Stepper, folder: Path) -> None:
        self.found: Counter[str] = Counter()
        self.kills = 0
        self._scene, self._stepper = scene, stepper
        self.folder = folder
        self._old = look(self._fresh(), served=False)
        self._fresh()
        whole = self._run(0, "")
        assert whole.code == 0, whole.said
        assert whole.steps
        self.steps = whole.steps
        self._new = look(self._state, served=False)
        assert not self._new.at_odds

    @property
    def _state(self) -> Path:
        return self.folder / "state"

    @property
    def _roots(self) -> list[Path]:
        return [self._state, *([self.folder / self._scene.beside] if self._scene.beside else [])]

    def stop(self, step: Step, how: str, *, power: str, served: bool) -> None:
        """Stop it at a step, lose what a loss of power takes, start again, look; and do it again to the end."""
        self._fresh()
        stopped = self._run(step.number, how)
        self.kills += how != "full" and len(stopped.steps) >= step.number
        if power:
            done = stopped.steps[: step.number - 1]
            cut(self._roots_there(), done, self._stepper.grave, names=power == "names")
        told = f"{self._scene.name}, {how}{' and power' if power else ''} at {step}\n{stopped.said[-2000:]}"
        self._same(look(self._state, served=served), told)
        self._backup_is_whole_or_not_there(told)
        if served:
            again = self._run(0, "")
            assert again.code == 0, f"{told}\nafter that: {again.said}"
            assert look(self._state, served=True) == self._new, told

    def _same(self, seen: Seen, told: str) -> None:
        assert not seen.at_odds, f"{told}\n{seen.at_odds}"
        old, new = seen.quads == self._old.quads, seen.quads == self._new.quads
        assert old or new, f"{told}\na mixture: {sorted(seen.quads ^ self._old.quads)}"
        self.found["same" if old and new else "old" if old else "new"] += 1

    def _backup_is_whole_or_not_there(self, told: str) -> None:
        saved = self.folder / self._scene.beside
        if self._scene.beside and (saved / HEAD).exists():
            assert verify(saved).manifest.quads, told

    def _run(self, at: int, how: str) -> Stopped:
        if self._scene.beside:
            shutil.rmtree(self.folder / self._scene.beside, ignore_errors=True)
        program = self._scene.program(self._state)
        return self._stepper.run(program, self._scene.role, self._roots, at, how)

    def _roots_there(self) -> list[Path]:
        return [path for root in self._roots for path in (root, root.with_name(f"{root.name}.draft")) if path.exists()]

    def _fresh(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shutil.copytree(self._scene.before, self._state)
        return self._state


def chosen(steps: list[Step], most: int) -> list[Step]:
    """At most so many steps: those about the moment from which an act counts, and others at even distances."""
    counts = next((n for n, s in enumerate(steps) if s.call == "rename" and s.other_name == "current.json"), len(steps))
    telling = steps[max(0, counts - 6) : counts + 5][-most // 2 :]
    rest = [step for step in steps if step not in telling]
    others = most - len(telling)
    spread = {rest[number * len(rest) // others] for number in range(others)} if rest else set()
    return sorted({*telling, *spread})


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Telling:
    """Says what was found, on the terminal and in a report (`--junitxml`), where several run at once."""

    def say(name: str, what: str, trial: Trial) -> None:
        states = ", ".join(f"{n} {state}" for state, n in sorted(trial.found.items()))
        line = f"{name}, {what}: {trial.kills} kills, {len(trial.steps)} steps; found {states}; 0 mixtures"
        request.node.user_properties.append(("found", line))
        with capsys.disabled():
            print(f"\n{line}")

    return say


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_killed_at_any_step_it_is_old_or_new(
    name: str, stage: dict[str, Scene], stepper: Stepper, tmp_path: Path, tell: Telling
) -> None:
    trial = Trial(stage[name], stepper, tmp_path / "act")
    ways = cycle((*stage[name].ways, "torn"))
    for number, (step, how) in enumerate(zip(chosen(trial.steps, _MOST), ways, strict=False)):
        trial.stop(step, how, power="", served=number % 8 == 0)
    tell(name, "killed", trial)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_without_power_at_any_step_it_is_old_or_new(
    name: str, stage: dict[str, Scene], stepper: Stepper, tmp_path: Path, tell: Telling
) -> None:
    trial = Trial(stage[name], stepper, tmp_path / "act")
    powers = cycle(("names", "content"))
    for number, (step, power) in enumerate(zip(chosen(trial.steps, _MOST), powers, strict=False)):
        trial.stop(step, stage[name].ways[-1], power=power, served=number % 12 == 0)
    tell(name, "power lost", trial)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_with_a_full_disk_from_any_step_on_it_is_old_or_new(
    name: str, stage: dict[str, Scene], stepper: Stepper, tmp_path: Path, tell: Telling
) -> None:
    trial = Trial(stage[name], stepper, tmp_path / "act")
    for number, step in enumerate(chosen(trial.steps, _MOST // 2)):
        trial.stop(step, "full", power="", served=number % 8 == 0)
    tell(name, "disk full", trial)


def test_publishing_that_is_killed_at_a_few_steps_leaves_old_or_new(
    stage: dict[str, Scene], stepper: Stepper, tmp_path: Path
) -> None:
    trial = Trial(stage["load"], stepper, tmp_path / "act")
    telling = [s for s in trial.steps if s.call == "rename" and s.other_name.endswith((".json", ".gz"))]
    for step, power in zip(telling, cycle(("", "names")), strict=False):
        trial.stop(step, "kill", power=power, served=False)
    assert trial.kills == len(telling) >= 3
    assert set(trial.found) == {"old"}
