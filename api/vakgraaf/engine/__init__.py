"""The engine: a store on disk, readers that can be killed, and a guard before them. pyoxigraph stops here."""

from __future__ import annotations

from vakgraaf.engine.embedded import EmbeddedEngine, EmbeddedSettings
from vakgraaf.engine.fill import fill
from vakgraaf.engine.guard import CheckedQuery, Form, GuardLimits, check
from vakgraaf.engine.interface import WHOLE_STORE, Answer, Dataset, Engine, StoreInfo
from vakgraaf.engine.local import LocalStore, offers, open_store
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.pool import PoolLimits
from vakgraaf.engine.rows import PROLOGUE, Row, Value, ask, iri, select
from vakgraaf.engine.state import Manifest, StateDirectory

__all__ = [
    "PROLOGUE",
    "WHOLE_STORE",
    "Answer",
    "CheckedQuery",
    "Dataset",
    "EmbeddedEngine",
    "EmbeddedSettings",
    "Engine",
    "Form",
    "GuardLimits",
    "LocalStore",
    "Manifest",
    "Packaged",
    "PoolLimits",
    "Row",
    "StateDirectory",
    "StoreInfo",
    "Value",
    "ask",
    "check",
    "fill",
    "iri",
    "offers",
    "open_store",
    "select",
]
