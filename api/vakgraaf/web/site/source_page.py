"""A source document to be read: its lines, and beside them what was made of them and what was found odd."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.rdf.numbers import number_of
from vakgraaf.web.site.citing import spoken
from vakgraaf.web.site.codes import spelled_out
from vakgraaf.web.site.crumbs import HOME
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.names import Named, named
from vakgraaf.web.site.nearby import Nearby, nearby, of
from vakgraaf.web.site.source_blocks import Block, Made, Stretch, blocks, quoted_blocks
from vakgraaf.web.site.source_text import SourceText, packaged_text

_DOCUMENT = "dct:title rdfs:label dct:publisher dct:issued dct:rights vg:bestand vg:sha256 vg:aantalRegels".split()
_TYPE = "rdf:type"


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What the template shows. `whole`: the text is here, and not only what passages quote of it."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    publisher: tuple[Named, ...]
    issued: str
    rights: tuple[Value, ...]
    count: int | None
    whole: bool
    blocks: tuple[Block, ...]
    findings: tuple[tuple[Made, tuple[int, ...]], ...]
    pages: tuple[int, ...]

    @property
    def states(self) -> set[str]:
        """The sorts of blocks that there are, for the legend."""
        return {block.state for block in self.blocks if not block.blank}


async def source_text(engine: Engine, iri: str) -> SourceText | None:
    """The text of the document as it was received; None where it is not here."""
    near = await nearby(engine, "nl", _about("vg:bestand", "vg:sha256"), document=iri)
    return await _text(near, iri)


async def source_page(engine: Engine, iri: str, language: str) -> SourcePage | None:
    """The page; None where `iri` is not the name of a source document."""
    near = await nearby(
        engine,
        language,
        _about(*_DOCUMENT, _TYPE),
        of("{document} dct:publisher ?s .", "rdfs:label"),
        of("?s vg:brondocument {document} .", "vg:beginRegel", "vg:eindRegel", "vg:pagina"),
        "?o vg:brondocument {document} . ?s prov:wasDerivedFrom ?o BIND (prov:wasDerivedFrom AS ?p)",
        of("?x vg:brondocument {document} . ?s prov:wasDerivedFrom ?x .", "rdfs:label", _TYPE, "vg:ernst"),
        document=iri,
    )
    stretches = _stretches(near, iri)
    if not near.is_a(iri, "vg:Brondocument") and not stretches:
        return None
    text = await _text(near, iri)
    found = blocks(text, stretches) if text else quoted_blocks(await _quotes(engine, iri), stretches)
    return SourcePage(
        iri=iri,
        name=near.text(iri, "dct:title") or near.label(iri),
        crumbs=(HOME, Named(iri, near.label(iri))),
        publisher=named(near, *near.things(iri, "dct:publisher")),
        issued=spoken(near.text(iri, "dct:issued"), language),
        rights=tuple(near.rights(iri)),
        count=len(text.lines) if text else _number(near.text(iri, "vg:aantalRegels")),
        whole=text is not None,
        blocks=found,
        findings=_findings(stretches),
        pages=tuple(dict.fromkeys(block.page for block in found if block.page is not None)),
    )


def _about(*properties: str) -> str:
    return f"VALUES ?s {{ {{document}} }} VALUES ?p {{ {' '.join(properties)} }} ?s ?p ?o"


async def _text(near: Nearby, iri: str) -> SourceText | None:
    return await asyncio.to_thread(packaged_text, _plain(near, iri, "vg:bestand"), _plain(near, iri, "vg:sha256"))


def _plain(near: Nearby, iri: str, name: str) -> str | None:
    value = near.text(iri, name)
    return None if value is None else value.text


async def _quotes(engine: Engine, iri: str) -> dict[str, str]:
    """What each passage of the document quotes."""
    near = await nearby(engine, "nl", of("?s vg:brondocument {document} .", "oa:exact"), document=iri)
    return {passage: value.text for passage in near.known() if (value := near.text(passage, "oa:exact"))}


def _stretches(near: Nearby, iri: str) -> tuple[Stretch, ...]:
    found = []
    for passage in near.known():
        first, last = _number(near.text(passage, "vg:beginRegel")), _number(near.text(passage, "vg:eindRegel"))
        if first is None or first < 1:
            continue
        things = [_made(near, thing) for thing in near.pointing(passage, "prov:wasDerivedFrom")]
        finding = {made.iri for made in things if near.is_a(made.iri, "vg:Bevinding")}
        found.append(
            Stretch(
                iri=passage,
                first=first,
                last=max(first, last or first),
                page=_number(near.text(passage, "vg:pagina")),
                made=tuple(made for made in things if made.iri not in finding),
                findings=tuple(made for made in things if made.iri in finding),
            )
        )
    return tuple(sorted(found, key=lambda stretch: (stretch.first, -stretch.last, stretch.iri)))


def _findings(stretches: tuple[Stretch, ...]) -> tuple[tuple[Made, tuple[int, ...]], ...]:
    """Each finding with the first lines of its places, in the order of the document."""
    found: dict[Made, list[int]] = {}
    for stretch in stretches:
        for finding in stretch.findings:
            found.setdefault(finding, []).append(stretch.first)
    return tuple((finding, tuple(lines)) for finding, lines in found.items())


def _made(near: Nearby, thing: str) -> Made:
    classes = {value.text for value in near.values(thing, _TYPE)}
    severity = near.text(thing, "vg:ernst")
    word = spelled_out("vg:ernst", severity, near.language) if severity else None
    return Made(thing, near.label(thing), kind_of(classes), word)


def _number(value: Value | None) -> int | None:
    return None if value is None else number_of(value.text)
