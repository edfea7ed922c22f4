"""`/static/…`: what pages load. A browser keeps a file for good under the version of them all, which is in its path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from os import PathLike, stat_result
from pathlib import Path

import starlette.staticfiles
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
"""The folder of style sheets and scripts; nothing on a page comes from another host."""

BUILT = STATIC / "built"
"""What `scripts/assets` fetched; on a machine without npm there is nothing."""

_FOR_GOOD = "public, max-age=31536000, immutable"
_ICON = "public, max-age=86400"
_VERSIONED = re.compile(r"v-[0-9a-f]{12}/")
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings that files in `BUILT` are kept in as well, the smaller first, and what their names end in."""


@cache
def version() -> str:
    """The name of all files as they are now; another one whenever any of them differs."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(f"{path.relative_to(STATIC)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return f"v-{digest.hexdigest()[:12]}"


@cache
def has_editor() -> bool:
    """Whether the query editor was built; where it was not, there is a plain form."""
    return all((BUILT / f"yasgui.{kind}").is_file() for kind in ("js", "css"))


def static(path: str, root: str = "") -> str:
    """The address of a file, by its path in `static/`, that changes whenever a file does."""
    return f"{root}/static/{version()}/{path}"


def _files() -> Iterator[Path]:
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and path.suffix not in _ENCODINGS.values():
            yield path


async def icon(request: Request) -> Response:
    """`/favicon.ico`: the icon of the site, which browsers ask for here where a page names none."""
    return FileResponse(STATIC / "icon.svg", media_type="image/svg+xml", headers={"cache-control": _ICON})


class StaticFiles(starlette.staticfiles.StaticFiles):
    """The files of `STATIC`: under a version for good, without one to be asked for again (RFC 9111 §5.2.2)."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, 304 or 404. Under a version that has gone there is the file as it is now, for this once."""
        match = _VERSIONED.match(path)
        response = await super().get_response(path[match.end() :] if match else path, scope)
        if response.status_code in (200, 304):
            current = match is not None and match[0] == f"{version()}/"
            response.headers["cache-control"] = _FOR_GOOD if current else "no-cache"
        return response

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file as it is, or as it was compressed beforehand where the client takes that (RFC 9110 §12.5.3)."""
        accepted = _accepted(Headers(scope=scope).get("accept-encoding", ""))
        for coding, ending in _ENCODINGS.items():
            kept = Path(f"{full_path}{ending}")
            if coding in accepted and kept.is_file():
                response = super().file_response(kept, kept.stat(), scope, status_code)
                if isinstance(response, FileResponse):
                    response.headers["content-encoding"] = coding
                    response.headers["content-type"] = FileResponse(full_path).headers["content-type"]
                return response
        return super().file_response(full_path, stat_result, scope, status_code)


def _accepted(header: str) -> set[str]:
    """The content codings that an Accept-Encoding header names and does not refuse."""
    items = (item.replace(" ", "").casefold().partition(";q=") for item in header.split(","))
    return {name for name, _, quality in items if quality.strip("0.") or not quality}
