"""`vakgraaf serve --check`: the settings as they would be, where each comes from, and what is unsafe about them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from vakgraaf.commands.files import say
from vakgraaf.commands.unsafe import Remark, remarks
from vakgraaf.settings import Settings
from vakgraaf.settings_file import Origin, nearest, origins, unknown_variables

_ORIGINS = {
    Origin.GIVEN: "opdrachtregel",
    Origin.ENVIRONMENT: "omgeving",
    Origin.FILE: "bestand",
    Origin.DEFAULT: "standaard",
}
_HEADINGS = {
    "nl": ("Instellingen, en waar ze vandaan komen", "Onveilig", "Om op te letten", "Niets is onveilig."),
    "en": ("Settings, and where they come from", "Unsafe", "To be aware of", "Nothing is unsafe."),
}


def report(given: Mapping[str, object], language: str, *, as_json: bool) -> int:
    """Say what would be served and how; 1 where something is unsafe, else 0. Nothing is started.

    Raises `InputError` for settings that cannot be used at all.
    """
    settings = Settings(**given)
    came = origins(Settings, given)
    values = {name: _shown(name, getattr(settings, name)) for name in sorted(came)}
    found = [*remarks(settings), *_misspelt()]
    if as_json:
        listed = {name: {"value": value, "from": came[name].value} for name, value in values.items()}
        told = [{"setting": it.setting, "unsafe": it.unsafe, "nl": it.nl, "en": it.en} for it in found]
        say(json.dumps({"settings": listed, "remarks": told}, ensure_ascii=False, indent=2))
    else:
        _tell(values, came, found, language)
    return int(any(it.unsafe for it in found))


def _tell(values: Mapping[str, object], came: Mapping[str, Origin], found: list[Remark], language: str) -> None:
    settings, unsafe, aware, nothing = _HEADINGS[language]
    say(settings)
    width = max(map(len, values))
    for name, value in values.items():
        origin = came[name].value if language == "en" else _ORIGINS[came[name]]
        say(f"  {name:<{width}}  {_plain(value)}  ({origin})")
    for heading, mark, those in (
        (unsafe, "✗", [it for it in found if it.unsafe]),
        (aware, "!", [it for it in found if not it.unsafe]),
    ):
        if those:
            say("")
            say(heading)
        for it in those:
            say(f"  {mark} {it.setting}: {it.en if language == 'en' else it.nl}")
    if not any(it.unsafe for it in found):
        say("")
        say(nothing)


def _plain(value: object) -> str:
    return {True: "true", False: "false", None: "–", "": "–"}.get(value, f"{value}")  # type: ignore[call-overload, no-any-return]  # any value may be looked for


def _shown(name: str, value: object) -> object:
    """A value without what should not be on a screen: passwords in addresses, what goes along with each query."""
    if isinstance(value, Path):
        return str(value)
    if not isinstance(value, str) or not value:
        return value
    if name == "remote_parameters":
        return "&".join(f"{part.partition('=')[0]}=…" for part in value.split("&"))
    parts = urlsplit(value)
    if parts.scheme in ("http", "https") and "@" in parts.netloc:
        return urlunsplit(parts._replace(netloc=f"…@{parts.netloc.rpartition('@')[2]}"))
    return str(value)


def _misspelt() -> list[Remark]:
    """Variables that somebody meant as settings; nothing reads them, so what they say is not so."""
    found = []
    for name in unknown_variables(Settings):
        likely = nearest(name.removeprefix("VAKGRAAF_"), Settings.model_fields)
        nl = "deze variabele is geen instelling." + (f" Bedoelde u VAKGRAAF_{likely.upper()}?" if likely else "")
        en = "this variable is no setting." + (f" Did you mean VAKGRAAF_{likely.upper()}?" if likely else "")
        found.append(Remark(name, True, nl, en))
    return found
