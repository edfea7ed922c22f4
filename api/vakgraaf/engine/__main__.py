"""The engine's own processes, as `python -m vakgraaf.engine` and a name from the table below. Not for users."""

from __future__ import annotations

import sys
from importlib import import_module

# What runs, as module and function. Only that module is loaded: these processes start often, and are waited for.
_PROCESSES = {
    "zygote": ("zygote", "main"),
    "writer": ("writer", "main"),
    "changer": ("changer", "main"),
    "describe": ("describing", "main"),
    "reading": ("readings", "main"),
    "unload": ("replica", "main"),
    "documents": ("reading_apart", "main"),
    "table": ("federation.tables_apart", "main"),
}

if __name__ == "__main__":
    _module, _function = _PROCESSES[sys.argv[1]]
    getattr(import_module(f"vakgraaf.engine.{_module}"), _function)(*sys.argv[2:])
