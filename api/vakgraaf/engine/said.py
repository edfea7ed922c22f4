"""What another server says of an error, for people to read."""

from __future__ import annotations

import html
import json
import re

from vakgraaf.egress import Reply

_SHOWN = 500
_READ = 8192


async def said(reply: Reply) -> str:
    """The message in a reply that is no success, on one line and not too long; empty where there is none."""
    return _readable(await reply.start(_READ), reply.media_type)


def _readable(body: bytes, media_type: str) -> str:
    """A message without markup, control characters and the query it repeats, not too long."""
    text = body.decode("utf-8", "replace")
    if media_type.endswith("json"):
        text = _message(text) or text
    if "html" in media_type or text.lstrip().startswith("<"):
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    text = text.partition("\nSPARQL query:")[0]
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + " …"


def _message(text: str) -> str:
    """The member of a JSON error that people are to read (QLever: exception; Neptune: detailedMessage)."""
    try:
        found = json.loads(text)
    except ValueError:
        return ""
    names = ("exception", "detailedMessage", "detail", "message", "error")
    return next((str(found[n]) for n in names if n in found), "") if isinstance(found, dict) else ""
