"""What can be set about another server that has the data: a part of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field


class RemoteOptions(BaseModel):
    """Settings with their defaults; the descriptions are the documentation."""

    remote_kind: Literal["auto", "generic", "oxigraph", "virtuoso", "graphdb", "neptune", "qlever", "fuseki"] = Field(
        default="auto", description="What that other server is; `auto` looks at what it says of itself."
    )
    remote_update_url: str = Field(default="", description="Where the other server takes updates (SPARQL 1.1 Update).")
    remote_store_url: str = Field(
        default="", description="Where the other server takes whole graphs (Graph Store Protocol)."
    )
    remote_credentials_file: Path | None = Field(
        default=None,
        description="A file with one line for the other server: `user:password`, or `Bearer` and a token.",
    )
    remote_version: str = Field(
        default="",
        description="A name for the state of the data on the other server, to be changed when they change. With it"
        " answers may be kept and compared by `ETag`; without it none is.",
    )
    remote_parameters: str = Field(
        default="", description="What goes along with every query to the other server, as in a URL: `infer=false`."
    )
    remote_direct: bool = Field(
        default=False,
        description="Send queries to the other server as `application/sparql-query` instead of as a form.",
    )
