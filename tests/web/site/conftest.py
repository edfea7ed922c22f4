"""One server with the packaged data and, beside them, a profile in which everything is odd."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from serving import served
from vakgraaf.app import create_app
from vakgraaf.engine import Packaged
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.settings import Settings

_ODD = Path(__file__).with_name("odd.ttl")
_AROUND = Path(__file__).with_name("odd_around.ttl")


def _many() -> str:
    """A skill that is asked for 120 times by 60 profiles in 12 wordings, and a thing that 1,100 others point to."""
    lines = []
    for n in range(120):
        profile = n // 2
        lines.append(
            f"id:profiel\\/veel-{profile:02} a vg:Profiel ; rdfs:label 'Profiel {profile:02}'@nl ;"
            f" vg:heeftKerntaak id:kerntaak\\/veel-{n:03} ."
            f" id:kerntaak\\/veel-{n:03} a vg:Kerntaak, vg:Taak ; rdfs:label 'Taak {n}'@nl ; vg:nummer '{n % 2 + 1}' ;"
            f" vg:heeftVereiste id:vereiste\\/veel-{n:03} ."
            f" id:vereiste\\/veel-{n:03} a vg:Skillvereiste, vg:Vereiste ; rdfs:label 'Woord {n % 12}'@nl ;"
            f" vg:formulering 'Woord {n % 12}'@nl ; vg:betreft id:skill\\/veel ."
        )
    lines += [f"id:ding\\/wijst-{n} dct:relation id:ding\\/veel ." for n in range(1100)]
    return "\n".join(lines)


@pytest.fixture(scope="session")
def site_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    folder = tmp_path_factory.mktemp("site")

    class WithOddData(Settings):
        def packaged(self) -> Packaged | None:
            found = super().packaged()
            assert found is not None
            assert found.graphs is not None
            graphs = folder / "graphs"
            if not graphs.exists():
                shutil.copytree(found.graphs, graphs)
                prologue = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
                (graphs / "raar-2020.ttl").write_text(prologue + _ODD.read_text("utf-8"), "utf-8")
                (graphs / "raar-omheen.ttl").write_text(prologue + _AROUND.read_text("utf-8") + _many(), "utf-8")
            return replace(found, graphs=graphs)

    app = create_app(WithOddData(store=folder / "state", workers=2, search=False))
    with served(app) as address:
        yield address


@pytest.fixture(scope="session")
def site(site_address: str) -> Iterator[httpx.Client]:
    """A client of the server that asks for Dutch pages."""
    headers = {"accept": "text/html", "accept-language": "nl"}
    with httpx.Client(base_url=site_address, headers=headers, timeout=30) as found:
        yield found


@pytest.fixture(scope="session")
def page(site: httpx.Client) -> Callable[..., str]:
    """`page(path, language)`: a page that is there, as text."""

    def read(path: str, language: str = "nl") -> str:
        answer = site.get(path, headers={"accept-language": language})
        assert answer.status_code == 200, answer.text
        return answer.text

    return read


@pytest.fixture(scope="session")
def permanent() -> Callable[[str], str]:
    """The IRI of a thing, of its class and reference."""
    return lambda reference: f"{iris.BASE}id/{reference}"
