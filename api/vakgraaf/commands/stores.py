"""The store that a command is about."""

from __future__ import annotations

from vakgraaf.engine import LocalStore, open_store
from vakgraaf.settings import Settings


def opened(store: str | None) -> LocalStore:
    """The store in the directory that was given, or else in that of the settings; filled when it is new.

    Raises StoreProblem where it cannot be opened.
    """
    settings = Settings(store=store) if store else Settings()
    return open_store(settings.state, settings.packaged())
