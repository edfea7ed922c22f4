"""The two source documents, understood once; and a way to understand any other text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vakgraaf.ingest.document import Understood, understand
from vakgraaf.pipeline.documents import build, register_of
from vakgraaf.resources import folder

SOURCES = folder("data/sources")
BCP = "bcp-thuisbegeleider-2011"
ADDENDUM = "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013"


@pytest.fixture(scope="session")
def documents() -> dict[str, Understood]:
    return {path.stem: document for path, document, _ in build(SOURCES)}


@pytest.fixture(scope="session")
def bcp(documents: dict[str, Understood]) -> Understood:
    return documents[BCP]


@pytest.fixture(scope="session")
def addendum(documents: dict[str, Understood]) -> Understood:
    return documents[ADDENDUM]


@pytest.fixture(scope="session")
def bcp_text() -> str:
    return (SOURCES / f"{BCP}.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def addendum_text() -> str:
    return (SOURCES / f"{ADDENDUM}.txt").read_text("utf-8")


@pytest.fixture
def understood(tmp_path: Path) -> Callable[[str], Understood]:
    """Understand a text as if it were a file of its own, with a fresh register of skills."""

    def from_text(text: str) -> Understood:
        path = tmp_path / "document.txt"
        path.write_text(text, "utf-8")
        return understand(path, register_of())

    return from_text
