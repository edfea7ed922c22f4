"""The two source documents as texts, and what was understood of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from vakgraaf.ingest.document import Understood, understand
from vakgraaf.pipeline.documents import register_of
from vakgraaf.resources import folder

sys.path.insert(0, str(Path(__file__).parent))
_SOURCES = folder("data/sources")


@pytest.fixture(scope="session")
def addendum() -> Understood:
    return _understood("addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013")


@pytest.fixture(scope="session")
def bcp() -> Understood:
    return _understood("bcp-thuisbegeleider-2011")


def _understood(stem: str) -> Understood:
    return understand(_SOURCES / f"{stem}.txt", register_of())
