"""Bytes to a server and bytes back, as no client library would send them."""

from __future__ import annotations

import re
import socket
from urllib.parse import urlparse

_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


def connect(address: str, timeout: float = 20) -> socket.socket:
    """A connection to the server at `address`."""
    at = urlparse(address)
    return socket.create_connection((at.hostname or "", at.port or 0), timeout=timeout)


def everything(connection: socket.socket) -> bytes:
    """What comes until the other side closes; a connection that was reset has closed as well."""
    found = b""
    try:
        while part := connection.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


def exchange(address: str, *sent: bytes) -> bytes:
    """All that comes back for these bytes, until the server closes the connection."""
    with connect(address) as connection:
        for part in sent:
            connection.sendall(part)
        return everything(connection)


def statuses(answer: bytes) -> list[int]:
    """The statuses of the answers, in their order."""
    return [int(found) for found in _STATUS.findall(answer)]
