"""What can be set about running a server day after day: a part of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

NOT_TOLD = frozenset(
    "host port store config memory_budget_mb log log_queries stop_after_s drain_s metrics_for trusted_proxies"
    " rate_limit rate_burst max_client_connections update_token_file remote_credentials_file describe_after_s"
    " writer_memory_mb".split()
)
"""Settings that no answer depends on: servers that differ in these alone give the same ETag to the same."""


class OperatingOptions(BaseModel):
    """Settings with their defaults; the descriptions are the documentation."""

    config: Path | None = Field(
        default=None,
        description="A file with settings (TOML), each by its name in lower case and without `VAKGRAAF_`; see"
        " `docs/deploy/vakgraaf.toml`. What the command line or the environment says comes before it.",
    )
    prefix: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="The path that this server is reached under, such as `/vakgraaf`, where a proxy passes paths on as"
        " they are and says nothing of it. A trusted proxy may say it in `X-Forwarded-Prefix` instead.",
    )
    stop_after_s: float = Field(
        default=10.0,
        ge=0,
        description="How long answers that are under way may take after the server was asked to stop, in seconds.",
    )
    drain_s: float = Field(
        default=0.0,
        ge=0,
        description="How long the server goes on taking requests after it was asked to stop, in seconds, while `/ready`"
        " says 503: as long as a load balancer takes to notice.",
    )
    metrics_for: Literal["everybody", "this machine"] = Field(
        default="everybody",
        description="Who may read `/metrics`. They tell how much is asked and how it went, never what or by whom.",
    )
