"""What a remote engine is told: addresses, credentials, limits."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path

from vakgraaf.egress import AllowList
from vakgraaf.engine.guard import GuardLimits
from vakgraaf.engine.pool import PoolLimits
from vakgraaf.engine.remote.kinds import Parameters
from vakgraaf.errors import InputError, UnreadableInput, unusable


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """Where the engine is and how it is spoken to.

    `kind` is a name of `KINDS`, or "auto". `version` is what the operator calls the state of the data: as long as it
    stays, the data do. `parameters` go along with every query. `allow`: the hosts that queries may call on. `write_s`
    is how many seconds of silence are bearable while a change is made, and `memory_mb` what reading one may take here.
    """

    query_url: str
    update_url: str = ""
    store_url: str = ""
    kind: str = "auto"
    credentials: Path | None = None
    union: bool = True
    version: str = ""
    parameters: Parameters = ()
    direct: bool = False
    pool: PoolLimits = field(default_factory=PoolLimits)
    guard: GuardLimits = field(default_factory=GuardLimits)
    allow: AllowList = field(default_factory=AllowList)
    write_s: float = 120.0
    memory_mb: int = 4096


def authorization(path: Path | None) -> dict[str, str]:
    """The header for what a file holds: `user:password`, or `Bearer token`.

    Raises `UnreadableInput` where there is no such file and `InputError` where it holds something else.
    """
    if path is None:
        return {}
    try:
        text = path.read_text("utf-8").strip()
    except OSError as error:
        raise unusable(path, error) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path} is geen UTF-8-tekst.", f"{path} is not UTF-8 text.") from error
    scheme, _, token = text.partition(" ")
    if scheme.lower() == "bearer" and token and token.isascii() and token.isprintable() and " " not in token:
        return {"authorization": f"Bearer {token}"}
    if ":" in text and "\n" not in text:
        return {"authorization": "Basic " + base64.b64encode(text.encode()).decode()}
    raise InputError(
        f"{path} moet één regel hebben: gebruiker:wachtwoord, of Bearer met een token.",
        f"{path} should have one line: user:password, or Bearer with a token.",
    )
