"""Every setting, from the environment (`VAKGRAAF_…`) or given by name; nothing below reads configuration."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from vakgraaf import engine, resources
from vakgraaf.engine import Packaged, StateDirectory, own_directory, place_of
from vakgraaf.engine.remote.options import RemoteOptions
from vakgraaf.pipeline.options import ValidationOptions
from vakgraaf.search.options import SearchOptions
from vakgraaf.settings_file import FileSource, named_file, origins, wrong_values
from vakgraaf.web.access_log import Logged
from vakgraaf.web.agents.options import AgentOptions
from vakgraaf.web.client_options import ClientOptions
from vakgraaf.web.limits import Limit, table
from vakgraaf.web.operating import NOT_TOLD, OperatingOptions
from vakgraaf.web.publisher import PublisherOptions

if TYPE_CHECKING:  # every command asks for settings, and few need what is made of these
    from vakgraaf.egress import AllowList
    from vakgraaf.engine import EmbeddedSettings, PoolLimits, RemoteSettings, WriterLimits
    from vakgraaf.web.tokens import Access


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


def memory_to_use_mb() -> int:
    """Three fifths of the memory that this machine, or the container that this process lives in, has."""
    has = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    allowed = limit.read_text("ascii").strip() if limit.exists() else "max"
    return (has if allowed == "max" else min(has, int(allowed))) * 3 // 5 // 1024**2


class Settings(
    AgentOptions,
    PublisherOptions,
    RemoteOptions,
    OperatingOptions,
    ClientOptions,
    SearchOptions,
    ValidationOptions,
    BaseSettings,
):
    """All settings with their defaults; the descriptions are the documentation."""

    model_config = SettingsConfigDict(env_prefix="VAKGRAAF_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    store: Annotated[Path | str, BeforeValidator(place_of)] = Field(
        default_factory=user_state,
        description="State directory: the store, its snapshots and its locks. Or the address of the query endpoint of"
        " another SPARQL 1.1 server (`http://…` or `https://…`), which then has the data.",
    )
    allow_hosts: str = Field(
        default="",
        description="Hosts that this server may ask something on behalf of a query (`SERVICE`, `LOAD`), each as `HOST`"
        " or `HOST:PORT`, with commas between. Without a port 80 counts for http and 443 for https. Addresses that"
        " are not of the public internet have to stand here themselves, with their port. On the command line:"
        " `serve --allow-host`, as often as needed.",
    )
    empty: bool = Field(default=False, description="Load nothing that is packaged into a store that is new.")
    default_graph: Literal["union", "own"] = Field(
        default="union",
        description="What a query without a dataset is asked of: all named graphs together, or the unnamed graph.",
    )
    rewrite: bool = Field(
        default=True,
        description="Whether a query is put in an order that suits the data before it is answered; the answers are the"
        " same, only sooner there.",
    )
    workers: int = Field(
        default=2,
        ge=1,
        description="How many places are kept for queries that have just begun, and as many again for those that run"
        " longer than a tenth of `VAKGRAAF_QUICK_QUERY_S`.",
    )
    slow_workers: int = Field(
        default=6,
        ge=0,
        description="How many places there are beside those for queries that take longer than `VAKGRAAF_QUICK_QUERY_S`;"
        " they run at the lowest priority. When all of them are taken and others wait, a slow query has to wait too.",
    )
    quick_query_s: float = Field(
        default=1.0, gt=0, description="How long a query counts as quick, in seconds; after that it is slow."
    )
    memory_budget_mb: int = Field(
        default_factory=memory_to_use_mb,
        ge=0,
        description="Readers hold the data in memory when all together stay under this, in megabytes, if need be with"
        " fewer slow places; 0 reads from disk.",
    )
    worker_memory_mb: int = Field(
        default=512,
        ge=64,
        description="How much memory one query may take on top of the data. All places together may take this times"
        " twice `VAKGRAAF_WORKERS` and once `VAKGRAAF_SLOW_WORKERS`: 5 GB by default.",
    )
    query_timeout_s: float = Field(
        default=30.0, gt=0, description="How long a query may take, in seconds, sending its answer included."
    )
    max_result_mb: int = Field(
        default=1024, ge=1, description="How long an answer may be, in megabytes; a longer one is broken off."
    )
    result_cache_mb: int = Field(
        default=64,
        ge=0,
        description="How much memory answers may take that are kept for who asks the same again, in megabytes.",
    )
    max_requests: int = Field(
        default=1000, ge=1, description="How many requests there may be at once, waiting ones included."
    )
    log: Logged = Field(
        default=Logged.PROBLEMS,
        description="Which requests are written to standard error, a line of JSON each: `nothing`, `problems` (failed"
        " on our side, or cut off) or `requests` (all).",
    )
    log_queries: bool = Field(default=False, description="Whether those lines have the text of the query in them.")
    queue_length: int = Field(default=256, ge=0, description="How many queries may wait for a worker.")
    queue_timeout_s: float = Field(
        default=10.0, gt=0, description="How long a query may wait for a worker, in seconds."
    )
    max_query_bytes: int = Field(default=256 * 1024, ge=1, description="How long the text of a query may be, in bytes.")
    max_nesting: int = Field(default=100, ge=1, description="How deep brackets in a query may be nested.")
    update_token_file: Path | None = Field(
        default=None,
        description="The file with the tokens of who may write, one a line (docs/writing.md). Without it nobody may.",
    )
    read_only: bool = Field(default=False, description="Let nobody write, whatever tokens there are.")
    validate_writes: bool = Field(
        default=True,
        description="Whether what is written must conform to the shapes; without this nothing is held against them.",
    )
    max_update_bytes: int = Field(
        default=16 * 1024**2, ge=1, description="How long the text of an update may be, in bytes."
    )
    max_graph_bytes: int = Field(
        default=64 * 1024**2, ge=1, description="How much may be sent to the graph store at once, in bytes."
    )
    write_timeout_s: float = Field(
        default=120.0,
        gt=0,
        description="How long each step of a write may take, in seconds: working it out, judging it by the shapes, and"
        " making it count.",
    )
    describe_after_s: float = Field(
        default=5.0,
        ge=0,
        description="How long after the last write the description of the store (its statistics) is made anew, in"
        " seconds.",
    )
    writer_memory_mb: int = Field(
        default=4096, ge=256, description="How much memory the process that carries out writes may take, in megabytes."
    )

    def __init__(self, **given: Any) -> None:
        """Settings by name, else of the environment, else of a file. Raises `InputError` for what is no use."""
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise wrong_values(error, origins(type(self), given), named_file(type(self), given)) from error

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *others: Any, **named: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was given by name, else the environment, else the file."""
        return init_settings, named["env_settings"], FileSource(settings_cls)

    @property
    def state(self) -> StateDirectory:
        """The state directory. Raises `InputError` where another server has the data."""
        return own_directory(self.store)

    def engine(self) -> EmbeddedSettings | RemoteSettings:
        """What the engine is told: our own, or the one on another server."""
        return self.remote_engine(self.store) if isinstance(self.store, str) else self.own_engine()

    def remote_engine(self, url: str) -> RemoteSettings:
        """What is told of the server at `url`."""
        return engine.RemoteSettings(
            query_url=url,
            update_url=self.remote_update_url,
            store_url=self.remote_store_url,
            kind=self.remote_kind,
            credentials=self.remote_credentials_file,
            union=self.default_graph == "union",
            version=self.remote_version,
            parameters=tuple(parse_qsl(self.remote_parameters, keep_blank_values=True)),
            direct=self.remote_direct,
            pool=self._pool_limits(),
            guard=engine.GuardLimits(self.max_query_bytes, self.max_nesting, self.max_update_bytes),
            allow=self.allow_list,
            write_s=self.write_timeout_s,
            memory_mb=self.writer_memory_mb,
        )

    def own_engine(self) -> EmbeddedSettings:
        """What the embedded engine is told."""
        return engine.EmbeddedSettings(
            state=self.state,
            packaged=self.packaged(),
            union=self.default_graph == "union",
            allow=self.allow_list,
            describes=not self.read_only,
            rewrite=self.rewrite,
            writer=self.writer_limits(),
            memory_budget_mb=self.memory_budget_mb,
            worker_memory_mb=self.worker_memory_mb,
            pool=self._pool_limits(),
            guard=engine.GuardLimits(self.max_query_bytes, self.max_nesting, self.max_update_bytes),
        )

    def writer_limits(self) -> WriterLimits:
        """What a change may take."""
        return engine.WriterLimits(
            timeout_s=self.write_timeout_s, memory_mb=self.writer_memory_mb, describe_after_s=self.describe_after_s
        )

    @property
    def allow_list(self) -> AllowList:
        """The hosts that may be asked for something. Raises `InputError` where one cannot be read."""
        from vakgraaf.egress import AllowList

        return AllowList.of(self.allow_hosts.replace(",", " ").split())

    def access(self) -> Access:
        """Who may do what. Raises what `read_tokens` raises."""
        from vakgraaf.web.tokens import Access

        return Access.of(self.update_token_file, read_only=self.read_only, validate=self.validate_writes)

    def _pool_limits(self) -> PoolLimits:
        return engine.PoolLimits(
            workers=self.workers,
            slow_workers=self.slow_workers,
            quick_s=self.quick_query_s,
            queue_length=self.queue_length,
            queue_timeout_s=self.queue_timeout_s,
            query_timeout_s=self.query_timeout_s,
            result_bytes=self.max_result_mb * 1024 * 1024,
        )

    def packaged(self) -> Packaged | None:
        """The folders that a new store is filled from; None where it should stay empty."""
        if self.empty:
            return None
        folders = ("ontology", "shapes", "data/reference", "data/graphs", "data/queries")
        return Packaged(**{name.rpartition("/")[2]: resources.folder_if_any(name) for name in folders})

    @property
    def offer(self) -> str:
        """A short digest of everything that an answer may depend on: all settings but those of `NOT_TOLD`."""
        told = self.model_dump_json(exclude=set(NOT_TOLD))
        return f"{zlib.crc32(told.encode()):08x}"

    def limits(self) -> tuple[Limit, ...]:
        """What a request may take, for who wants to know."""
        return table(self.model_dump() | {"max_body_bytes": self.max_body_bytes})

    @property
    def max_body_bytes(self) -> int:
        """A query in a form is percent-encoded, three bytes for one, and has a few other fields beside it."""
        return 3 * self.max_query_bytes + 64 * 1024
