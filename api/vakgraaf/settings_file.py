"""`vakgraaf.toml`: settings in a file (TOML 1.0), each by its name in lower case; and where a setting came from.

A file is read strictly: a key that is no setting, or a value of another kind, is an error that says where it stands.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

from vakgraaf.errors import InputError, unusable

PATH = "config"
"""The setting that names the file; it cannot stand in one."""

_NO_SETTINGS = ("lang", "test_all")
"""What the command line and the tests read beside the settings."""
_KINDS: tuple[tuple[type, tuple[type, ...], str, str], ...] = (
    (bool, (bool,), "true of false", "true or false"),
    (int, (int,), "een geheel getal", "a whole number"),
    (float, (int, float), "een getal", "a number"),
    (str, (str,), "een tekst tussen aanhalingstekens", "a text between quotation marks"),
)


class Origin(StrEnum):
    """Where a setting came from; what stands first wins."""

    GIVEN = "command line"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


class FileSource(PydanticBaseSettingsSource):
    """What the file named by the setting `config` says; it comes after the sources that may name it."""

    def __init__(self, settings: type[BaseSettings]) -> None:
        super().__init__(settings)

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Asked for by the class above; the file is read as a whole."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """The settings in the file; none without one. Raises what `read` raises."""
        path = self.current_state.get(PATH)
        return read(Path(path), self.settings_cls.model_fields) if path else {}


def read(path: Path, fields: Mapping[str, FieldInfo]) -> dict[str, Any]:
    """The settings in a file.

    Raises `UnreadableInput` without such a file, and `InputError` for a text that is not TOML, a key that is no
    setting, and a value of another kind.
    """
    try:
        text = path.read_bytes().decode("utf-8")
        found = tomllib.loads(text)
    except OSError as error:
        raise unusable(path, error) from error
    except ValueError as error:
        raise InputError(f"{path} is geen geldige TOML: {error}", f"{path} is not valid TOML: {error}") from error
    for name, value in found.items():
        if name not in fields or name == PATH:
            raise _unknown(_place(path, text, name), name, fields)
        _require_kind(_place(path, text, name), name, value, fields[name])
    return found


def origins(settings: type[BaseSettings], given: Mapping[str, object]) -> dict[str, Origin]:
    """Where each setting comes from, when `given` is what was said by name. Raises what `read` raises."""
    path = named_file(settings, given)
    found = dict.fromkeys(settings.model_fields, Origin.DEFAULT)
    found |= dict.fromkeys(read(path, settings.model_fields) if path else (), Origin.FILE)
    return found | dict.fromkeys(EnvSettingsSource(settings)(), Origin.ENVIRONMENT) | dict.fromkeys(given, Origin.GIVEN)


def named_file(settings: type[BaseSettings], given: Mapping[str, object]) -> Path | None:
    """The file that is named by what was given, or else by the environment."""
    named = given.get(PATH) or EnvSettingsSource(settings)().get(PATH)
    return Path(str(named)) if named else None


def unknown_variables(settings: type[BaseSettings]) -> list[str]:
    """Variables that look like settings and are none."""
    known = {variable(name) for name in (*settings.model_fields, *_NO_SETTINGS)}
    return sorted(name for name in os.environ if name.startswith("VAKGRAAF_") and name not in known)


def wrong_values(problem: ValidationError, origins: Mapping[str, Origin], path: Path | None) -> InputError:
    """Every value that cannot be used, with where it stands and what it should be."""
    told = [_wrong_value(dict(error), origins, path) for error in problem.errors(include_url=False)]
    return InputError("\n".join(nl for nl, _ in told), "\n".join(en for _, en in told))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"VAKGRAAF_{name.upper()}"


def nearest(name: str, known: Mapping[str, object]) -> str:
    """The setting whose name looks most like this one; empty where none does."""
    return next(iter(get_close_matches(name.lower(), known, 1, 0.6)), "")


def _unknown(place: tuple[str, str], name: str, fields: Mapping[str, FieldInfo]) -> InputError:
    likely = nearest(name, fields)
    nl, en = place
    return InputError(
        f"{nl}: '{name}' is geen instelling." + (f" Bedoelde u '{likely}'?" if likely else ""),
        f"{en}: '{name}' is no setting." + (f" Did you mean '{likely}'?" if likely else ""),
    )


def _require_kind(place: tuple[str, str], name: str, value: object, field: FieldInfo) -> None:
    """TOML knows kinds, so `"8000"` is no number and `"yes"` is not true; the environment has only texts."""
    kinds = [kind for kind in _KINDS if kind[0] in _parts(field.annotation)] or [_KINDS[-1]]
    taken = {one for _, types, _, _ in kinds for one in types}
    if type(value) in taken:
        return
    nl, en = place
    raise InputError(
        f"{nl}: '{name}' moet {' of '.join(kind[2] for kind in kinds)} zijn, en is {value!r}.",
        f"{en}: '{name}' has to be {' or '.join(kind[3] for kind in kinds)}, and is {value!r}.",
    )


def _parts(annotation: Any) -> set[Any]:
    """The plain types in an annotation; a choice of words, a path and so on are texts in a file."""
    if get_origin(annotation) in (Union, UnionType):
        return {part for choice in get_args(annotation) for part in _parts(choice)}
    return {annotation}


def _place(path: Path, text: str, name: str) -> tuple[str, str]:
    """File and line, in both languages; `tomllib` does not tell where a key stood."""
    key = re.compile(rf"""\s*\[*\s*(["']?){re.escape(name)}\1\s*[=.\]]""")
    number = next((number for number, line in enumerate(text.splitlines(), 1) if key.match(line)), None)
    return (str(path), str(path)) if number is None else (f"{path}, regel {number}", f"{path}, line {number}")


def _wrong_value(error: dict[str, Any], origins: Mapping[str, Origin], path: Path | None) -> tuple[str, str]:
    name = str(error["loc"][0]) if error["loc"] else ""
    nl = en = name
    match origins.get(name):
        case Origin.ENVIRONMENT:
            nl = en = variable(name)
        case Origin.FILE if path is not None:
            nl, en = (f"{place}: '{name}'" for place in _place(path, path.read_text("utf-8"), name))
        case Origin.GIVEN:
            nl = en = f"--{name.replace('_', '-')}"
    if error["type"] == "extra_forbidden":
        return f"{nl} is geen instelling.", f"{en} is no setting."
    wanted_nl, wanted_en = _wanted(error)
    return (
        f"{nl} moet {wanted_nl} zijn, en is {error['input']!r}.",
        f"{en} has to be {wanted_en}, and is {error['input']!r}.",
    )


def _wanted(error: dict[str, Any]) -> tuple[str, str]:
    context: dict[str, Any] = error.get("ctx", {})
    bounds = {
        "greater_than_equal": ("ge", "minstens", "at least"),
        "greater_than": ("gt", "meer dan", "more than"),
        "less_than_equal": ("le", "hoogstens", "at most"),
    }
    if error["type"] in bounds:
        key, nl, en = bounds[error["type"]]
        return f"{nl} {context[key]}", f"{en} {context[key]}"
    if error["type"] in ("literal_error", "enum"):
        listed = str(context["expected"])
        return f"een van {listed.replace(' or ', ' of ')}", f"one of {listed}"
    for kind, _, nl, en in _KINDS:
        if error["type"].startswith(kind.__name__):
            return nl, en
    if error["type"] == "string_pattern_mismatch":
        return "een adres als https:…, urn:… of mailto:…", "an address like https:…, urn:… or mailto:…"
    return f"iets anders ({error['msg']})", f"something else ({error['msg']})"


def choices(field: FieldInfo) -> tuple[str, ...]:
    """The words that a setting takes, where there are only so many."""
    if get_origin(field.annotation) is Literal:
        return tuple(str(choice) for choice in get_args(field.annotation))
    if isinstance(field.annotation, type) and issubclass(field.annotation, StrEnum):
        return tuple(choice.value for choice in field.annotation)
    return ()
