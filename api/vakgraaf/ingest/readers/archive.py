"""Zip archives, opened with care: whoever made one may want this server to unpack more than it can hold."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from vakgraaf.errors import UnreadableInput
from vakgraaf.ingest.readers.reading import Meter

_ENCRYPTED = 0x1
_CHUNK = 1 << 16


class Archive:
    """The files in a zip archive. Nothing of it is ever written to disk; every read is counted."""

    def __init__(self, content: bytes, meter: Meter, most: int) -> None:
        """Open the archive, which may have `most` members.

        Raises `UnreadableInput` where it is damaged or encrypted, has too many members, or names a place outside
        itself.
        """
        self._meter = meter
        self._room = meter.limits.expanded_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._members = self._zip.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged() from error
        if len(self._members) > most:
            raise meter.refusal(
                f"het zip-archief telt {len(self._members)} bestanden; {most} is het hoogste.",
                f"the zip archive has {len(self._members)} files; {most} is the limit.",
            )
        for member in self._members:
            self._check(member)
        self._named = {member.filename: member for member in self._members}

    def names(self) -> Iterator[str]:
        """The names of the files in the archive, in its order, folders left out."""
        return (member.filename for member in self._members if not member.is_dir())

    def __contains__(self, name: str) -> bool:
        return name in self._named

    def read(self, name: str) -> bytes:
        """A file of the archive. Raises `UnreadableInput` where it is not there, damaged, or unpacks to too much."""
        member = self._named.get(name)
        if member is None:
            raise self._damaged()
        self._meter.tick()
        try:
            with self._zip.open(member) as opened:
                return self._within_bounds(opened, member)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise self._damaged() from error
        except (RuntimeError, NotImplementedError) as error:  # a password, or a way of packing that Python lacks
            raise self._damaged() from error

    def _within_bounds(self, opened: IO[bytes], member: zipfile.ZipInfo) -> bytes:
        """What the file says of its own size is not believed."""
        most_by_ratio = max(member.compress_size * self._meter.limits.ratio, 1 << 20)
        content = bytearray()
        while chunk := opened.read(_CHUNK):
            content += chunk
            self._room -= len(chunk)
            if self._room < 0 or len(content) > most_by_ratio:
                raise self._meter.refusal(
                    f"'{_shown(member.filename)}' in dit archief wordt bij het uitpakken te groot (een 'zipbom'); het "
                    "archief is niet verder geopend.",
                    f"'{_shown(member.filename)}' in this archive becomes too large when unpacked (a 'zip bomb'); the "
                    "archive was not opened any further.",
                )
        return bytes(content)

    def _check(self, member: zipfile.ZipInfo) -> None:
        name = member.filename
        if member.flag_bits & _ENCRYPTED:
            raise self._meter.refusal(
                f"'{_shown(name)}' in dit archief is beveiligd met een wachtwoord. Maak een archief zonder wachtwoord.",
                f"'{_shown(name)}' in this archive is protected by a password. Make an archive without one.",
            )
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in name.split("/")[0] or "\0" in name:
            raise self._meter.refusal(
                f"het archief bevat een bestand met de naam '{_shown(name)}', die naar een plaats buiten het archief "
                "wijst. Maak het archief opnieuw.",
                f"the archive holds a file named '{_shown(name)}', which points outside the archive. Make it again.",
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise self._meter.refusal(
                f"'{_shown(name)}' in dit archief is een verwijzing (symlink), geen bestand. Neem het bestand zelf op.",
                f"'{_shown(name)}' in this archive is a symbolic link, not a file. Include the file itself.",
            )

    def _damaged(self) -> UnreadableInput:
        return self._meter.refusal(
            "het bestand is beschadigd of onvolledig: het is als een zip-archief gemaakt, maar kan niet worden "
            "uitgepakt. Maak of download het opnieuw.",
            "the file is damaged or incomplete: it was made as a zip archive, but cannot be unpacked. Make or download "
            "it again.",
        )


def _shown(name: str) -> str:
    """A name as it can be shown: at most 80 characters, none of them invisible."""
    return "".join(c if c.isprintable() else "�" for c in name)[:80]
