"""The index as a file: SQLite with its full-text index FTS5.

FTS5 holds each thing as the sets of its words, in columns by how much they say; the words are prepared here, so its
tokenizer only parts them at spaces. Things are numbered by how far forward they stand, so that its rows, which come
in the order of their numbers, come in order of rank.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from vakgraaf.errors import MissingTool

FORMAT = f"3-{version('snowballstemmer')}"
"""Changes with everything that makes an index of before unusable: this file, the analysis of words, their stemmer."""

LABEL, IN_LABEL, KIND, PLACE, WORDING, TEXT, INSIDE, FACET = (
    "label",
    "inlabel",
    "kind",
    "place",
    "wording",
    "text",
    "inside",
    "facet",
)
"""The columns: names and what is in their compounds; what a thing is; where it stands; its wording; longer texts; what
is in the compounds of those; and marks to choose by, which no word is like."""

SCHEMA = f"""
CREATE TABLE about(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE thing(id INTEGER PRIMARY KEY, iri TEXT NOT NULL, class INTEGER NOT NULL, number TEXT NOT NULL);
CREATE TABLE literal(
  thing INTEGER, place INTEGER, role INTEGER NOT NULL, property INTEGER NOT NULL, language TEXT NOT NULL,
  text TEXT NOT NULL, PRIMARY KEY (thing, place)) WITHOUT ROWID;
CREATE TABLE name(key TEXT, thing INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE TABLE word(word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facet(
  kind TEXT, id INTEGER, iri TEXT NOT NULL, labels TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE held(name TEXT PRIMARY KEY, sets TEXT NOT NULL, of BLOB NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5(
  {", ".join((LABEL, IN_LABEL, KIND, PLACE, WORDING, TEXT, INSIDE, FACET))},
  content='', detail=column, columnsize=0, tokenize="ascii tokenchars '.~'");
CREATE VIRTUAL TABLE named USING fts5(
  words, content='', detail=none, columnsize=0, prefix='1 2 3', tokenize="ascii tokenchars '.'");
"""

_FOR_ONE_WRITER = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;
PRAGMA temp_store = FILE;
"""


def create(path: Path) -> sqlite3.Connection:
    """A new file that one process writes and nobody reads before it is complete. Raises `MissingTool`."""
    connection = sqlite3.connect(path, isolation_level=None)
    require_fts5()
    connection.executescript(_FOR_ONE_WRITER + SCHEMA)
    return connection


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection to a complete file, which nobody changes any more."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.execute("PRAGMA mmap_size = 1073741824")
    return connection


def about(connection: sqlite3.Connection) -> Mapping[str, object]:
    """What the file says of itself: its `tag`, `version` and `things`."""
    return dict(connection.execute("SELECT name, value FROM about").fetchall())


def require_fts5() -> None:
    """Raises `MissingTool` where the SQLite of this Python has no full-text index."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(a, content='', detail=column)")
    except sqlite3.OperationalError as error:
        raise MissingTool(
            f"Zoeken kan hier niet: SQLite {sqlite3.sqlite_version} van deze Python is zonder FTS5 gebouwd. Neem een"
            " Python van python.org of van uw distributie.",
            f"Search is not available here: SQLite {sqlite3.sqlite_version} of this Python was built without FTS5."
            " Take a Python from python.org or from your distribution.",
        ) from error
    finally:
        connection.close()
