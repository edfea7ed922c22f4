"""Everything an embedded engine is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from vakgraaf.egress import AllowList
from vakgraaf.engine.guard import GuardLimits
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.pool import PoolLimits
from vakgraaf.engine.proposals import WriterLimits
from vakgraaf.engine.state import StateDirectory


@dataclass(frozen=True, slots=True)
class EmbeddedSettings:
    """Everything an embedded engine is told.

    `union`: the default graph is all named graphs together. `rewrite`: queries are put in an order that knows the data.
    `allow`: the hosts that queries may call on. `describes`: what is written is described, as a version of its own.
    """

    state: StateDirectory
    packaged: Packaged | None = None
    union: bool = True
    rewrite: bool = True
    memory_budget_mb: int = 2048
    worker_memory_mb: int = 512
    pool: PoolLimits = field(default_factory=PoolLimits)
    guard: GuardLimits = field(default_factory=GuardLimits)
    writer: WriterLimits = field(default_factory=WriterLimits)
    allow: AllowList = field(default_factory=AllowList)
    describes: bool = True
