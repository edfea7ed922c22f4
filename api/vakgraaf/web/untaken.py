"""How much of what was sent a client has not taken in yet."""

from __future__ import annotations

import asyncio
import fcntl
import sys
import termios


def untaken_bytes(transport: asyncio.Transport) -> int:
    """How many bytes wait for the client: here, and with the system.

    The system takes up to some megabytes at once, and then nothing until a third of that has gone: to who only looks at
    what waits here, a client that reads steadily does nothing for half a minute.
    """
    return transport.get_write_buffer_size() + _with_the_system(transport)


def _with_the_system(transport: asyncio.Transport) -> int:
    """What was not acknowledged (SIOCOUTQ, tcp(7)); 0 where the system does not tell."""
    socket = transport.get_extra_info("socket")
    if socket is None:
        return 0
    try:
        return int.from_bytes(fcntl.ioctl(socket.fileno(), termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    except (OSError, ValueError):  # not of this system, or closed
        return 0
