"""XML as XML 1.0 wants it, from what the engine writes.

The engine escapes the signs of markup and no others. A carriage return that stands there as it is would be read as the
end of a line (§2.11), and a document with a character that there is not in XML (§2.2) cannot be read at all.
"""

from __future__ import annotations

import re
from typing import IO

from vakgraaf.errors import NotExpressible

_UNFIT = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_BEYOND = b"\xef\xbf"
_LONGEST = 3


class XmlText:
    """A file that hands on what is written to it, and raises `NotExpressible` for what no XML document can hold."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._before = b""

    def write(self, data: bytes, /) -> int:
        """Take in some bytes."""
        data = bytes(data)
        near = self._before + data
        # The expression looks at each byte in turn, and takes longer than the engine does to write.
        suspect = _BEYOND in near or len(data.translate(None, _CONTROLS)) < len(data)
        found = _UNFIT.search(near) if suspect else None
        if found is not None:
            code = f"U+{ord(found[0].decode()):04X}"
            raise NotExpressible(
                f"In het antwoord staat het teken {code}, en dat kan niet in XML. Vraag om een ander formaat.",
                f"The answer has the character {code}, which XML cannot hold. Ask for another format.",
            )
        self._before = data[1 - _LONGEST :]
        self._output.write(data.replace(b"\r", b"&#xD;"))
        return len(data)

    def flush(self) -> None:
        """The engine calls this at its end."""
        self._output.flush()
