"""The engine: a store on disk, readers that can be killed, and a guard before them. pyoxigraph stops here."""

from __future__ import annotations

from vakgraaf.engine.description import describe, redescribe, subset
from vakgraaf.engine.embedded import EmbeddedEngine, EmbeddedSettings
from vakgraaf.engine.extensions import EXTENSION_FUNCTIONS
from vakgraaf.engine.fill import fill
from vakgraaf.engine.guard import CheckedQuery, Form, GuardLimits, check
from vakgraaf.engine.interface import (
    AS_USUAL,
    UNNAMED,
    WHOLE_STORE,
    Answer,
    Change,
    Dataset,
    Engine,
    GraphChange,
    GraphRemoval,
    Options,
    Proposal,
    Replacing,
    Running,
    StoreInfo,
    Update,
)
from vakgraaf.engine.loading import Source, load_files
from vakgraaf.engine.local import LocalStore, offers, open_store
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.pool import PoolLimits
from vakgraaf.engine.proposals import WriterLimits
from vakgraaf.engine.remote import RemoteEngine, RemoteSettings
from vakgraaf.engine.rows import PROLOGUE, Row, Value, ask, iri, select
from vakgraaf.engine.starting import own_directory, place_of, start
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.engine.titles import DATASET_DESCRIPTION, DATASET_TITLE, Text

__all__ = [
    "AS_USUAL",
    "DATASET_DESCRIPTION",
    "DATASET_TITLE",
    "EXTENSION_FUNCTIONS",
    "PROLOGUE",
    "UNNAMED",
    "WHOLE_STORE",
    "Answer",
    "Change",
    "CheckedQuery",
    "Dataset",
    "EmbeddedEngine",
    "EmbeddedSettings",
    "Engine",
    "Form",
    "GraphChange",
    "GraphRemoval",
    "GuardLimits",
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
    "StateDirectory",
    "StoreInfo",
    "Text",
    "Update",
    "Value",
    "WriterLimits",
    "ask",
    "check",
    "describe",
    "fill",
    "iri",
    "load_files",
    "offers",
    "open_store",
    "own_directory",
    "place_of",
    "redescribe",
    "select",
    "start",
    "subset",
]
