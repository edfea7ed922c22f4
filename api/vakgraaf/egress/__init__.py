"""The way out: hosts on a list, at addresses that were checked, and nothing else."""

from __future__ import annotations

from vakgraaf.egress.allowlist import OPTION, SETTING, AllowList
from vakgraaf.egress.destinations import Destination, destination
from vakgraaf.egress.network import Resolver
from vakgraaf.egress.requests import Asking, Egress, Reply

__all__ = ["OPTION", "SETTING", "AllowList", "Asking", "Destination", "Egress", "Reply", "Resolver", "destination"]
