"""Where the RDF folders are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from vakgraaf.errors import UnknownThing

FOLDERS = ("ontology", "shapes", "data")


def folder(name: str) -> Path:
    """The directory `name`, one of `FOLDERS` or a path below one ("data/graphs").

    A wheel carries the folders inside the package; an editable install finds the repository's own.
    Raises `UnknownThing` where neither has it.
    """
    for base in (Path(str(files("vakgraaf"))), Path(__file__).resolve().parents[2]):
        if name.split("/")[0] in FOLDERS and (base / name).is_dir():
            return base / name
    raise UnknownThing(
        f"De map '{name}' hoort bij Vakgraaf maar is niet gevonden; installeer het pakket opnieuw.",
        f"The folder '{name}' belongs to Vakgraaf but was not found; reinstall the package.",
    )


def folder_if_any(name: str) -> Path | None:
    """The same, or None: a folder that a wheel lacks because it is empty brings nothing."""
    try:
        return folder(name)
    except UnknownThing:
        return None
