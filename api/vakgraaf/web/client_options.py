"""What can be set about the clients that may come, how often and how slowly: a part of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

if TYPE_CHECKING:  # who only asks for settings serves nothing, and should not wait for what serves
    from vakgraaf.web.client_address import TrustedProxies
    from vakgraaf.web.patience import Patience
    from vakgraaf.web.rate_limit import RateLimit


class ClientOptions(BaseModel):
    """Settings with their defaults; the descriptions are the documentation."""

    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of the reverse proxies in front of this server, with commas between:"
        " `127.0.0.1, 10.0.0.0/8`. What one of these says in `X-Forwarded-…` or `Forwarded` counts; of anybody else it"
        " is not read.",
    )
    rate_limit: float = Field(
        default=50.0,
        ge=0,
        description="How many requests a client may make in a second, on average; 0 sets no limit. A client is an IPv4"
        " address or an IPv6 network of 64 bits. One on this machine has no limit, unless a trusted proxy passes it"
        " on.",
    )
    rate_burst: int = Field(
        default=500,
        ge=20,
        description="How many requests a client may make at once before that average counts. `POST` to `/validate`"
        " and `/mcp` counts as ten, and so does what writes.",
    )
    max_client_connections: int = Field(
        default=256,
        ge=0,
        description="How many connections a client may have open at once; 0 sets no limit. One more is answered with"
        " 429 and closed. A trusted proxy may have any number, and so may a program on this machine.",
    )
    max_header_bytes: int = Field(
        default=64 * 1024, ge=1024, description="How long all headers of a request together may be, in bytes."
    )
    header_timeout_s: float = Field(
        default=10.0, gt=0, description="How long a client may take to send the headers of a request, in seconds."
    )
    client_timeout_s: float = Field(
        default=30.0,
        gt=0,
        description="How long a client may take to send the body of a request, in seconds, and one second more for each"
        " 4096 bytes; and how long it may take nothing of an answer in.",
    )

    def proxies(self) -> TrustedProxies:
        """Whose word counts on who asks. Raises `InputError` where an address cannot be read."""
        from vakgraaf.web.client_address import TrustedProxies

        return TrustedProxies.of(self.trusted_proxies)

    def rate(self) -> RateLimit:
        """How often a client may come. Raises `InputError` like `proxies`."""
        from vakgraaf.web.rate_limit import RateLimit

        return RateLimit(self.rate_limit, self.rate_burst, self.proxies())

    def patience(self) -> Patience:
        """How long a connection waits for its client, how much it takes in, and how many there may be."""
        from vakgraaf.web.connection_limit import ConnectionLimit
        from vakgraaf.web.patience import Patience

        connections = ConnectionLimit(self.max_client_connections, self.proxies())
        return Patience(self.max_header_bytes, self.header_timeout_s, self.client_timeout_s, connections)
