"""What an operator does over HTTP: look at what runs."""

from __future__ import annotations

import time

import httpx

OPERATOR = {"authorization": "Bearer a-token-of-an-operator"}


def listed(address: str, name: str) -> dict[str, object]:
    """The query or the change of that name, as soon as it is in the list."""
    for _ in range(1200):
        for found in httpx.get(f"{address}/queries", headers=OPERATOR).json()["queries"]:
            if found["id"] == name:
                return dict(found)
        time.sleep(0.05)
    raise AssertionError(f"{name} was never listed")
