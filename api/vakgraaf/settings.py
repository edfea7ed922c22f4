"""Every setting, from the environment (`VAKGRAAF_…`) or given by name; nothing below reads configuration."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from vakgraaf import resources
from vakgraaf.engine import EmbeddedSettings, GuardLimits, Packaged, PoolLimits, StateDirectory
from vakgraaf.errors import UnknownThing


def language_of_environment() -> str:
    """The language asked for in VAKGRAAF_LANG; Dutch where nothing is asked."""
    return os.environ.get("VAKGRAAF_LANG", "nl")


def user_state() -> Path:
    """Where this platform keeps what a program remembers for a user (XDG Base Directory, or its counterpart)."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "vakgraaf"
    chosen = os.environ.get("XDG_STATE_HOME", "")
    # A relative path there is invalid and to be ignored, says the specification.
    return (Path(chosen) if chosen.startswith("/") else Path.home() / ".local" / "state") / "vakgraaf"


class Settings(BaseSettings):
    """All settings with their defaults; the descriptions are the documentation."""

    model_config = SettingsConfigDict(env_prefix="VAKGRAAF_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    store: Path = Field(
        default_factory=user_state, description="State directory: the store, its snapshots and its locks."
    )
    empty: bool = Field(default=False, description="Load nothing that is packaged into a store that is new.")
    default_graph: Literal["union", "own"] = Field(
        default="union",
        description="What a query without a dataset is asked of: all named graphs together, or the unnamed graph.",
    )
    workers: int = Field(default=2, ge=1, description="How many places are kept for quick queries.")
    slow_workers: int = Field(
        default=6,
        ge=0,
        description="How many places there are beside those for queries that take long; they run at low priority."
        " When all of them are taken and a query waits, the slow query that came too many is stopped.",
    )
    quick_query_s: float = Field(
        default=1.0, gt=0, description="How long a query counts as quick, in seconds; after that it is slow."
    )
    memory_budget_mb: int = Field(
        default=2048,
        ge=0,
        description="Readers hold the data in memory when all together stay under this; 0 reads from disk.",
    )
    worker_memory_mb: int = Field(
        default=512,
        ge=64,
        description="How much memory one query may take on top of the data. All together may take this times the sum"
        " of `VAKGRAAF_WORKERS` and `VAKGRAAF_SLOW_WORKERS`: 4 GB by default.",
    )
    query_timeout_s: float = Field(
        default=30.0, gt=0, description="How long a query may take, in seconds, sending its answer included."
    )
    queue_length: int = Field(default=64, ge=0, description="How many queries may wait for a worker.")
    queue_timeout_s: float = Field(
        default=10.0, gt=0, description="How long a query may wait for a worker, in seconds."
    )
    max_query_bytes: int = Field(default=256 * 1024, ge=1, description="How long the text of a query may be, in bytes.")
    max_nesting: int = Field(default=100, ge=1, description="How deep brackets in a query may be nested.")

    def engine(self) -> EmbeddedSettings:
        """What the embedded engine is told."""
        return EmbeddedSettings(
            state=StateDirectory(self.store),
            packaged=self.packaged(),
            union=self.default_graph == "union",
            memory_budget_mb=self.memory_budget_mb,
            worker_memory_mb=self.worker_memory_mb,
            pool=PoolLimits(
                workers=self.workers,
                slow_workers=self.slow_workers,
                quick_s=self.quick_query_s,
                queue_length=self.queue_length,
                queue_timeout_s=self.queue_timeout_s,
                query_timeout_s=self.query_timeout_s,
            ),
            guard=GuardLimits(self.max_query_bytes, self.max_nesting),
        )

    def packaged(self) -> Packaged | None:
        """The folders that a new store is filled from; None where it should stay empty."""
        if self.empty:
            return None
        return Packaged(
            ontology=_folder("ontology"),
            shapes=_folder("shapes"),
            reference=_folder("data/reference"),
            graphs=_folder("data/graphs"),
            queries=_folder("data/queries"),
        )

    @property
    def max_body_bytes(self) -> int:
        """A query in a form is percent-encoded, three bytes for one, and has a few other fields beside it."""
        return 3 * self.max_query_bytes + 64 * 1024


def _folder(name: str) -> Path | None:
    """A folder that a wheel may lack because it is empty brings nothing."""
    try:
        return resources.folder(name)
    except UnknownThing:
        return None
