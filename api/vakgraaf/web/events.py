"""What happens to a server, a line of JSON each on standard error, beside those of its requests."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import traceback
from typing import TextIO

from vakgraaf.web.access_log import Exchange, now
from vakgraaf.web.metrics import label_of

_WRITING = {"/update", "/store", "/links"}
_BROKEN_OFF = "ASGI callable returned without completing response."
_SAFE = {"GET", "HEAD", "OPTIONS", "QUERY"}


class Events:
    """Writes them; `on` switches all of it off."""

    def __init__(self, *, on: bool = True, output: TextIO | None = None) -> None:
        self._on = on
        self._output = output

    def note(self, event: str, **facts: object) -> None:
        """Write that `event` has happened, with what there is to know of it."""
        if self._on:
            line = {"time": now(), "event": event, **facts}
            print(json.dumps(line, ensure_ascii=False, default=str), file=self._output or sys.stderr, flush=True)

    def ended(self, exchange: Exchange) -> None:
        """Note a request that changed the data, or would have."""
        method = exchange.scope["method"]
        if method not in _SAFE and label_of(exchange.path) in _WRITING:
            self.note("write", request=exchange.name, method=method, path=exchange.path, status=exchange.status)


class JsonLines(logging.Formatter):
    """What the libraries have to say, in the same form."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; a stack trace is a member of it."""
        line: dict[str, object] = {"time": now(), "event": "log", "level": record.levelname.lower()}
        line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = "".join(traceback.format_exception(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def log_as_json() -> None:
    """Have what libraries log from warnings on written as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    handler.addFilter(_is_no_end_that_was_announced)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _is_no_end_that_was_announced(record: logging.LogRecord) -> bool:
    """Leave out each request that is cut off when the time to stop is over: one line says how many there are.

    And what the server says of an answer that broke off, which has a line of its own with a name and a reason.
    """
    cancelled = record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cancelled and record.msg != _BROKEN_OFF
