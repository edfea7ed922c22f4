"""How large a PDF becomes when it is unpacked, found out before anything else unpacks it."""

from __future__ import annotations

import re
import zlib

from vakgraaf.ingest.readers.reading import Meter

_STREAM = re.compile(rb"stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY = 1_000  # bytes before a stream in which its dictionary is looked for


def refuse_bomb(content: bytes, meter: Meter) -> None:
    """Raises `UnreadableInput` where the compressed parts of a PDF, pictures apart, unpack to more than allowed."""
    room = meter.limits.expanded_bytes
    for found in _STREAM.finditer(content):
        dictionary = content[max(found.start() - _DICTIONARY, 0) : found.start()].rpartition(b"obj")[2]
        if _IMAGE.search(dictionary):
            continue
        room = _unpack(content, found.end(), room)
        meter.tick()
        if room < 0:
            raise meter.refusal(
                f"uitgepakt is dit PDF-bestand groter dan {meter.limits.expanded_bytes} bytes; dat is het hoogste.",
                f"unpacked, this PDF file is larger than {meter.limits.expanded_bytes} bytes, which is the limit.",
            )


def _unpack(content: bytes, start: int, room: int) -> int:
    """What is left of `room` once the stream at `start` is unpacked; layers within layers count too."""
    layer: bytes | memoryview = memoryview(content)[start:]
    while layer[:1] == b"x" and room >= 0:
        unpacking = zlib.decompressobj()
        try:
            layer = unpacking.decompress(layer, room + 1)
        except zlib.error:
            break
        room -= len(layer)
    return room
