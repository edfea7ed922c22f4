"""What can be set about questions of language models: a part of the settings."""

from __future__ import annotations

from pydantic import BaseModel, Field

_ANYWHERE = ("", "0.0.0.0", "::")
_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


class AgentOptions(BaseModel):
    """Settings with their defaults; the descriptions are the documentation."""

    mcp: bool = Field(
        default=True,
        description="Whether programs that work for a language model may ask at `/mcp` (Model Context Protocol): for"
        " reading only, under the same limits. It needs the extra `mcp`.",
    )
    mcp_hosts: str = Field(
        default="",
        description="The names under which this server is reached at `/mcp` beside those of the machine itself, with"
        " commas between: `graaf.example.nl`. A request under another name, or from a page of another site, is"
        " refused.",
    )
    mcp_result_kb: int = Field(
        default=256,
        ge=1,
        description="How long the answer of one tool at `/mcp` may be, in kilobytes. The reader is a language model.",
    )

    def agent_hosts(self, listening: str) -> tuple[str, ...]:
        """The names that a request at `/mcp` may carry, without ports; `listening` is the address listened on."""
        own = () if listening in _ANYWHERE else (f"[{listening}]" if ":" in listening else listening,)
        named = (name.strip().lower() for name in self.mcp_hosts.split(","))
        return tuple(dict.fromkeys((*_THIS_MACHINE, *own, *(name for name in named if name))))
