"""What a Content-Type names: a media type, and perhaps a charset (RFC 9110 §8.3)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from vakgraaf.web.problems import HttpProblem

UTF_8: Final = frozenset({"", "utf-8", "utf8", "us-ascii"})
"""What UTF-8 is called, or a part of it; and where nothing is said that is meant."""

_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^";\s]*)', re.IGNORECASE)


def media_type_of(kind: str) -> str:
    """The media type alone, in small letters; "" where there is none."""
    return kind.partition(";")[0].strip().casefold()


def charset_of(kind: str, read: Collection[str]) -> str:
    """The charset of a body of media type `kind`, in small letters; "" where it names none.

    Raises `HttpProblem` 415 for one that is not among those that are read.
    """
    match = _CHARSET.search(kind)
    charset = match[1].casefold() if match else ""
    if charset not in read:
        raise HttpProblem(
            415,
            f"De codering {charset} wordt hier niet gelezen; stuur UTF-8.",
            f"The charset {charset} is not read here; send UTF-8.",
        )
    return charset


def require_utf_8(kind: str) -> None:
    """Raises `HttpProblem` 415 where a body of media type `kind` is in another charset."""
    charset_of(kind, UTF_8)
