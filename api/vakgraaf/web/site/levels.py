"""The page that says why a profile is at a level, or which level its own words point to."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.linking.levels import FACTORS, Proposal, Text, proposal
from vakgraaf.web.site.chain import Chain, Reference, Rung, chains, details, edges, references, rung
from vakgraaf.web.site.crumbs import crumbs
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, Source, fetched, full, of
from vakgraaf.web.wording import marked

_MATCHES = frozenset(map(full, ("skos:closeMatch", "skos:broadMatch")))
FACTOR_WORDS = {
    "complexiteit": marked("Complexiteit"),
    "verantwoordelijkheid": marked("Verantwoordelijkheid"),
    "zelfstandigheid": marked("Zelfstandigheid"),
    "transfer": marked("Transfer"),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the profile, what it says about the level, and where it is."""

    section: Named
    sentence: Value
    reason: str
    fits: str
    places: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """What the profile says about one factor; `title` is a word of the catalogue."""

    title: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Abroad:
    """A level of another framework that corresponds to one of the profile, and who says so."""

    rung: Rung
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """Everything on the page. `elsewhere` are levels of other countries that correspond; `proposed` is of the NLQF."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    chains: tuple[Chain, ...]
    elsewhere: tuple[Abroad, ...]
    factors: tuple[Factor, ...]
    missing: tuple[str, ...]
    proposed: int | None
    fits: tuple[tuple[int, int], ...]


async def view(engine: Engine, subject: str, language: str) -> Levels:
    """The page of the profile `subject`, with two questions: along which claims, and what is on the way."""
    kinds = " ".join(f'"{factor}"' for factor in FACTORS)
    section = f"?s vg:ligtBinnen {{this}} . VALUES ?kind {{ {kinds} }} ?s vg:soortParagraaf ?kind ."
    matches = "{this} vg:heeftInschaling/vg:niveau ?o . VALUES ?p { skos:closeMatch skos:broadMatch } ?s ?p ?o"
    abroad = "{this} vg:heeftInschaling/vg:niveau ?x . ?level skos:closeMatch|skos:broadMatch ?x ; vg:heeftInschaling"
    found = await fetched(
        engine,
        *edges("this"),
        of(section, "rdfs:label", "vg:soortParagraaf", "vg:tekst", "prov:wasDerivedFrom"),
        matches,
        f"{abroad} ?o . ?o vg:niveau ?x . BIND (?level AS ?s) BIND (vg:heeftInschaling AS ?p)",
        of(f"{abroad} ?s . ?s vg:niveau ?x .", "vg:niveau", "dct:source"),
        this=subject,
    )
    other = [(level, name, Value("uri", level)) for level, name, _ in found if name in _MATCHES]
    near = Nearby([*found, *await fetched(engine, *details([*found, *other]))], language)
    return _levels(near, subject, language)


def _levels(near: Nearby, subject: str, language: str) -> Levels:
    kinds = {one: _plain(near, one, "vg:soortParagraaf") for one in near.known()}
    found = proposal(Text(one, kind, _plain(near, one, "vg:tekst")) for one, kind in kinds.items() if kind)
    along = chains(near, subject)
    own = {one for chain in along for one in chain.rungs}
    frameworks = {one.framework for one in own}
    matched = {one for level in own for one in near.pointing(level.iri, "skos:closeMatch", "skos:broadMatch")}
    elsewhere = (Abroad(rung(near, one), _said(near, one, own)) for one in sorted(matched, key=near.place))
    return Levels(
        iri=subject,
        name=near.label(subject),
        crumbs=crumbs(near, subject),
        chains=along,
        elsewhere=tuple(one for one in elsewhere if one.rung.framework not in {*frameworks, "mbo"}),
        factors=_factors(near, found, language),
        missing=tuple(FACTOR_WORDS[one] for one in found.missing),
        proposed=found.level,
        fits=found.fits,
    )


def _said(near: Nearby, level: str, own: set[Rung]) -> tuple[Reference, ...]:
    """The sources that say which of its `own` levels a level of another framework is at."""
    at = {one.iri for one in own}
    claims = (one for one in near.things(level, "vg:heeftInschaling") if near.thing(one, "vg:niveau") in at)
    return tuple(dict.fromkeys(reference for claim in claims for reference in references(near, claim)))


def _plain(near: Nearby, thing: str, name: str) -> str:
    found = near.text(thing, name)
    return found.text if found else ""


def _factors(near: Nearby, found: Proposal, language: str) -> tuple[Factor, ...]:
    factors = []
    for name in FACTORS:
        quotes = tuple(
            Quote(
                section=Named(one.section, near.label(one.section)),
                sentence=Value("literal", one.sentence, "nl"),
                reason=one.cue.reason[language == "en"],
                fits=f"{one.cue.low}–{one.cue.high}" if one.cue.low < one.cue.high else str(one.cue.low),
                places=tuple(near.sources(one.section)),
            )
            for one in found.evidence
            if one.cue.factor == name
        )
        if quotes:
            factors.append(Factor(FACTOR_WORDS[name], quotes))
    return tuple(factors)
