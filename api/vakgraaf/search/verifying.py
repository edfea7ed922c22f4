"""Does the search index agree with the data?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vakgraaf.search.schema import about, open_read_only
from vakgraaf.search.shelf import Shelf


class Verdict(NamedTuple):
    """Whether the index is right (None: there is none of these data), how many things it has, and what is wrong."""

    good: bool | None
    things: int = 0
    problem: str = ""


def verify(folder: Path, tag: str, version: int, known: Callable[[str], bool]) -> Verdict:
    """Look at the index of a data version: the file whole, of that version, of things that the store knows.

    `tag` and `version` are those of the data, `known` tells whether the store says anything of an IRI.
    """
    path = Shelf(folder).find(tag)
    if path is None:
        return Verdict(None)
    try:
        connection = open_read_only(path)
        try:
            return _verdict(connection, tag, version, known)
        finally:
            connection.close()
    except (sqlite3.Error, KeyError, ValueError) as error:
        return Verdict(False, problem=f"{path.name}: {error}")


def _verdict(connection: sqlite3.Connection, tag: str, version: int, known: Callable[[str], bool]) -> Verdict:
    (whole,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if whole != "ok":
        return Verdict(False, problem=str(whole))
    facts = about(connection)
    things = int(str(facts["things"]))
    if (str(facts["tag"]), int(str(facts["version"]))) != (tag, version):
        return Verdict(False, things, f"{facts['tag']} ≠ {tag}")
    (found,) = connection.execute("SELECT COUNT(*) FROM thing").fetchone()
    if found != things:
        return Verdict(False, things, f"{found} ≠ {things}")
    strange = [iri for (iri,) in connection.execute("SELECT iri FROM thing") if not known(iri)]
    return Verdict(not strange, things, ", ".join(strange[:3]))
