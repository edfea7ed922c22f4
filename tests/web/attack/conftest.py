"""A server with the packaged data, in which every text tries to be markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from serving import await_search, served
from vakgraaf.app import create_app
from vakgraaf.engine import Packaged
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.settings import Settings

HOSTILE = "</script></title></textarea>' x-attr=1 \" x-attr=1 ><x-probe>{{7*7}}"
"""Ends whatever it may stand in, and then is an attribute, an element, and arithmetic."""

_TEXTS = {f"{PREFIXES['xsd']}string", f"{PREFIXES['rdf']}langString"}
_SEE_ALSO = ox.NamedNode(f"{PREFIXES['rdfs']}seeAlso")
_ADDRESSES = [ox.NamedNode("javascript:alert(1)"), ox.NamedNode("http://a.example/'/x-attr='1")]


def _spoilt(triples: Iterable[ox.Triple], *, all_texts: bool, addresses: bool) -> Iterator[ox.Triple]:
    """The triples with hostile texts; of an ontology only those in a language, as the others are code and names."""
    subjects = set()
    for triple in triples:
        text = triple.object
        if isinstance(text, ox.Literal) and text.datatype.value in _TEXTS and (all_texts or text.language):
            before = "=" if text.language else ""
            text = ox.Literal(before + text.value + HOSTILE, language=text.language)
        yield ox.Triple(triple.subject, triple.predicate, text)
        if addresses and isinstance(triple.subject, ox.NamedNode) and triple.subject not in subjects:
            subjects.add(triple.subject)
            yield from (ox.Triple(triple.subject, _SEE_ALSO, address) for address in _ADDRESSES)


def _spoil(folder: Path, to: Path) -> Path:
    data, graphs = to.name in ("graphs", "reference"), to.name == "graphs"
    for path in folder.rglob("*.ttl"):
        target = to / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        triples = (quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
        ox.serialize(_spoilt(triples, all_texts=graphs, addresses=data), target, format=ox.RdfFormat.N_TRIPLES)
    return to


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of that server."""
    folder = tmp_path_factory.mktemp("hostile")

    class WithHostileData(Settings):
        def packaged(self) -> Packaged | None:
            found = super().packaged()
            assert found is not None
            if not (folder / "graphs").exists():
                for name in ("graphs", "ontology", "shapes", "reference"):
                    _spoil(getattr(found, name), folder / name)
            return replace(found, **{name: folder / name for name in ("graphs", "ontology", "shapes", "reference")})

    settings = WithHostileData(store=folder / "state", workers=2, describe_after_s=3600)
    with served(create_app(settings)) as address, httpx.Client(base_url=address, timeout=120) as client:
        await_search(address)
        yield client
