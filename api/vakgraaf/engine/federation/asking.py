"""Asking another endpoint its part of a query, within limits."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from vakgraaf.egress import Asking, Egress
from vakgraaf.engine.federation.tables import NotATable, Table
from vakgraaf.engine.federation.tables_apart import read_beside
from vakgraaf.engine.said import said
from vakgraaf.errors import QueryRefused, QueryTimeout, RemoteFailure, ResultTooLarge

_ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_READ = ("application/sparql-results+json", "application/sparql-results+xml", "application/json", "application/xml")


@dataclass(frozen=True, slots=True)
class FederationLimits:
    """What one query may ask of others: calls, and in each call rows, bytes and seconds.

    `memory_mb` is what reading a document for LOAD may take.
    """

    calls: int = 20
    rows: int = 20_000
    bytes: int = 8 * 1024 * 1024
    seconds: float = 20.0
    memory_mb: int = 4096


class Asker:
    """The calls that one query makes."""

    def __init__(self, egress: Egress, limits: FederationLimits) -> None:
        self._egress = egress
        self._limits = limits
        self._left = limits.calls

    async def ask(self, url: str, query: str) -> Table:
        """The solutions of a SELECT query at `url` (SPARQL 1.1 Protocol §2.1.2).

        Raises QueryRefused (not on the list, too many calls), QueryTimeout, ResultTooLarge, RemoteFailure.
        """
        if self._left == 0:
            raise QueryRefused(
                f"De vraag doet meer dan {self._limits.calls} keer een beroep op andere servers (SERVICE).",
                f"The query calls on other servers (SERVICE) more than {self._limits.calls} times.",
            )
        self._left -= 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._exchange(url, query)
        except TimeoutError as error:
            raise QueryTimeout(
                f"<{url}> antwoordt niet binnen {self._limits.seconds:g} seconden.",
                f"<{url}> does not answer within {self._limits.seconds:g} seconds.",
            ) from error

    async def _exchange(self, url: str, query: str) -> Table:
        headers = {"content-type": "application/x-www-form-urlencoded", "accept": _ACCEPT}
        body = urlencode({"query": query}).encode()
        reply = await self._egress.send(Asking("POST", url, headers, body, self._limits.seconds, repeatable=True))
        try:
            if reply.status != 200:
                raise _refused(url, reply.status, await said(reply))
            if reply.media_type not in _READ:
                raise _no_result(url, f"{reply.status} {reply.media_type}")
            content = await reply.read(self._limits.bytes)
        finally:
            await reply.close()
        try:
            table = await read_beside(content, reply.media_type, secrets.token_hex(8))
        except NotATable as error:
            raise _no_result(url, str(error)) from error
        if len(table.rows) > self._limits.rows:
            raise ResultTooLarge(
                f"<{url}> geeft {len(table.rows)} rijen; hier worden er hoogstens {self._limits.rows} verwerkt. Vraag"
                " minder binnen de haakjes van SERVICE.",
                f"<{url}> gives {len(table.rows)} rows; at most {self._limits.rows} are taken in here. Ask for less"
                " between the braces of SERVICE.",
            )
        return table


def _refused(url: str, status: int, reason: str) -> RemoteFailure:
    return RemoteFailure(
        f"<{url}> beantwoordt niet wat er tussen de haakjes van SERVICE staat ({status}): {reason or 'zonder uitleg'}",
        f"<{url}> does not answer what stands between the braces of SERVICE ({status}): {reason or 'no reason'}",
    )


def _no_result(url: str, reason: str) -> RemoteFailure:
    return RemoteFailure(
        f"<{url}> geeft geen uitkomst waar SERVICE iets aan heeft ({reason}).",
        f"<{url}> gives no result that SERVICE can use ({reason}).",
    )
