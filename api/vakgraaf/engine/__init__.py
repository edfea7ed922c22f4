"""The engine: a store on disk, readers that can be killed, and a guard before them. pyoxigraph stops here.

What is named here is loaded when somebody asks for it: each engine starts some processes of its own, which need little
of it, and would start five times as slowly with all of it. `fill` is not named here: a module has that name.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

# numpy only sorts and compares; the threads that it would have for other work take memory, of which there is a cap. A
# library in C looks at this while it loads.
os.putenv("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:  # the same once more, in the way that a type checker reads
    from vakgraaf.engine.description import describe, redescribe
    from vakgraaf.engine.embedded import EmbeddedEngine
    from vakgraaf.engine.embedded_settings import EmbeddedSettings
    from vakgraaf.engine.extensions import EXTENSION_FUNCTIONS
    from vakgraaf.engine.guard import CheckedQuery, Form, GuardLimits, check
    from vakgraaf.engine.interface import (
        AS_USUAL,
        UNNAMED,
        WHOLE_STORE,
        Abilities,
        Answer,
        Begun,
        Change,
        Dataset,
        Engine,
        Explanation,
        GraphChange,
        GraphRemoval,
        Listener,
        Options,
        Proposal,
        Replacing,
        StoreInfo,
        Update,
    )
    from vakgraaf.engine.loading import Source, Stage, Told, Write, change_store, load_files, put_graphs
    from vakgraaf.engine.local import LocalStore, offers, open_store, read_store
    from vakgraaf.engine.observed import Load, Running
    from vakgraaf.engine.packaged import Packaged
    from vakgraaf.engine.partitions import subset
    from vakgraaf.engine.pool import PoolLimits
    from vakgraaf.engine.proposals import WriterLimits
    from vakgraaf.engine.reading_apart import Document, read_apart
    from vakgraaf.engine.remote.engine import RemoteEngine
    from vakgraaf.engine.remote.settings import RemoteSettings
    from vakgraaf.engine.rows import PROLOGUE, Row, ask, iri, select, triples
    from vakgraaf.engine.starting import own_directory, place_of, start
    from vakgraaf.engine.state import Manifest, StateDirectory
    from vakgraaf.engine.titles import DATASET_DESCRIPTION, DATASET_TITLE, Text
    from vakgraaf.engine.tsv import Value

_NAMES = {
    "description": "describe redescribe",
    "embedded": "EmbeddedEngine",
    "embedded_settings": "EmbeddedSettings",
    "extensions": "EXTENSION_FUNCTIONS",
    "guard": "CheckedQuery Form GuardLimits check",
    "interface": "AS_USUAL UNNAMED WHOLE_STORE Abilities Answer Begun Change Dataset Engine Explanation GraphChange"
    " GraphRemoval Listener Options Proposal Replacing StoreInfo Update",
    "loading": "Source Stage Told Write change_store load_files put_graphs",
    "local": "LocalStore offers open_store read_store",
    "observed": "Load Running",
    "packaged": "Packaged",
    "partitions": "subset",
    "pool": "PoolLimits",
    "proposals": "WriterLimits",
    "reading_apart": "Document read_apart",
    "remote.engine": "RemoteEngine",
    "remote.settings": "RemoteSettings",
    "rows": "PROLOGUE Row ask iri select triples",
    "tsv": "Value",
    "starting": "own_directory place_of start",
    "state": "Manifest StateDirectory",
    "titles": "DATASET_DESCRIPTION DATASET_TITLE Text",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = [
    "AS_USUAL",
    "DATASET_DESCRIPTION",
    "DATASET_TITLE",
    "EXTENSION_FUNCTIONS",
    "PROLOGUE",
    "UNNAMED",
    "WHOLE_STORE",
    "Abilities",
    "Answer",
    "Begun",
    "Change",
    "CheckedQuery",
    "Dataset",
    "Document",
    "EmbeddedEngine",
    "EmbeddedSettings",
    "Engine",
    "Explanation",
    "Form",
    "GraphChange",
    "GraphRemoval",
    "GuardLimits",
    "Listener",
    "Load",
    "LocalStore",
    "Manifest",
    "Options",
    "Packaged",
    "PoolLimits",
    "Proposal",
    "RemoteEngine",
    "RemoteSettings",
    "Replacing",
    "Row",
    "Running",
    "Source",
    "Stage",
    "StateDirectory",
    "StoreInfo",
    "Text",
    "Told",
    "Update",
    "Value",
    "Write",
    "WriterLimits",
    "ask",
    "change_store",
    "check",
    "describe",
    "iri",
    "load_files",
    "offers",
    "open_store",
    "own_directory",
    "place_of",
    "put_graphs",
    "read_apart",
    "read_store",
    "redescribe",
    "select",
    "start",
    "subset",
    "triples",
]

if not TYPE_CHECKING:  # which would believe that every name is there

    def __getattr__(name: str) -> object:
        """Load what is asked for by this name (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found
