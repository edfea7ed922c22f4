"""The words of the pages as the templates and the code have them, and the catalogues brought in line with those."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parents[2] / "api" / "vakgraaf" / "web"
CATALOGUES = sorted((WEB / "locale").glob("*.po"))
_METHODS = [("**.html", "jinja2"), ("**.svg", "jinja2"), ("**.xml", "jinja2"), ("**.py", "python")]
_OPTIONS = {
    "**.html": {"trimmed": "true", "silent": "false"},
    "**.svg": {"trimmed": "true", "silent": "false"},
    "**.xml": {"trimmed": "true"},
}
_KEYWORDS = {"_": None, "ngettext": (1, 2), "marked": None}


def used() -> Catalog:
    """Every text of the pages, with the files that have it."""
    catalogue = Catalog(project="vakgraaf")
    for file, _, text, _, _ in _found():
        catalogue.add(text, locations=[(Path(file).as_posix(), 0)])
    return catalogue


def known(path: Path) -> Catalog:
    """A catalogue as it is in the repository."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def main() -> None:
    """Write each catalogue with the texts that are used: translated ones as they are, new ones empty."""
    for path in CATALOGUES:
        old, new = known(path), used()
        for message in new:
            if (
                message.id
                and (before := old.get(message.id)) is not None
                and before.pluralizable == message.pluralizable
            ):
                message.string = before.string
        new.locale = path.stem
        with path.open("wb") as file:
            write_po(file, new, omit_header=True, sort_output=True, no_location=True, width=120)
        missing = [f"  to translate: {message.id}" for message in new if message.id and not message.string]
        print(path.name, *missing, sep="\n")


def _found() -> Iterator[tuple[str, int, str, list[str], str | None]]:
    yield from extract_from_dir(WEB, _METHODS, _OPTIONS, _KEYWORDS)


if __name__ == "__main__":
    main()
