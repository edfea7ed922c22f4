"""What all profiles share: competences, skills and their groups, branches, beroepen and kwalificaties."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bench.registry.quads import graph, integer, lines, term, text, thing, typed
from bench.registry.words import COMPETENCES, FIELDS, KNOWN_BRANCHES, QUALITIES, SUBJECTS, TRADES, Ranks, Words

GRAPH = graph("register-begrippen")
LETTERS = "abcdefghijklmnopqrstuvwxy"
_MODEL = thing("competentiemodel", "kbb")
_DOCUMENT = thing("brondocument", "register")
PUBLISHER = thing("organisatie", "uitgever")
RIGHTS = ("dct:rights", text("© Uitgever"))
_FROM = ("prov:wasDerivedFrom", thing("passage", "register-r1-r1"))


class Concepts:
    """As many concepts as a registry of `profiles` profiles has; each is known by its number."""

    def __init__(self, profiles: int) -> None:
        self.skills = max(150, profiles * 6)
        self.groups = max(20, self.skills // 8)
        self.beroepen = max(10, profiles + profiles // 10)
        self.branches = len(FIELDS)
        self.kwalificaties = max(5, profiles // 2)
        self.ranks = Ranks(self.skills)

    def statements(self, seed: int) -> Iterator[str]:
        """Everything in the graph of shared concepts."""
        words = Words(f"{seed}-begrippen")
        title = [("dct:title", text("Begrippen van het register"))]
        yield from lines(GRAPH, GRAPH, title)
        yield from _register()
        yield from self._competences()
        for number in range(self.groups):
            yield from self._group(number, words)
        for number in range(self.skills):
            broader = [("skos:broader", group(words.random.randrange(self.groups)))]
            yield from lines(GRAPH, skill(number), [*skill_properties(number), *broader, _FROM])
        for number, field in enumerate(FIELDS):
            yield from lines(GRAPH, branche(number), [*concept("vg:Branche", field, "branches"), _known(number), _FROM])
        for number in range(self.beroepen):
            yield from self._beroep(number, words)
        for number in range(self.kwalificaties):
            yield from self._kwalificatie(number, words)

    def _competences(self) -> Iterator[str]:
        names = [("rdfs:label", text("KBB-Competentiemodel")), ("rdfs:label", text("KBB competence model", "en"))]
        yield from lines(GRAPH, _MODEL, [("a", term("vg:Competentiemodel")), ("a", term("skos:ConceptScheme")), *names])
        for letter, (dutch, english) in zip(LETTERS, COMPETENCES, strict=True):
            properties = [
                ("a", term("vg:Competentie")),
                ("a", term("skos:Concept")),
                ("rdfs:label", text(dutch)),
                ("rdfs:label", text(english, "en")),
                ("skos:prefLabel", text(dutch)),
                ("skos:prefLabel", text(english, "en")),
                ("skos:notation", f'"{letter.upper()}"'),
                ("skos:inScheme", _MODEL),
                ("skos:topConceptOf", _MODEL),
            ]
            yield from lines(GRAPH, competentie(letter), properties)

    def _group(self, number: int, words: Words) -> Iterator[str]:
        """A group of skills; each but the first has a broader one of a lower number, so that no circle can arise."""
        name = f"{words.one(SUBJECTS).capitalize()} en {words.one(SUBJECTS)} {number}"
        broader = [("skos:broader", group((number - 1) // 4))] if number else []
        kinds = [("a", term("vg:Skill")), *concept("vg:Vakkennis", name, "skills")]
        yield from lines(GRAPH, group(number), [*kinds, *broader, _FROM])

    def _beroep(self, number: int, words: Words) -> Iterator[str]:
        name = beroep_name(number)
        other = [("skos:altLabel", text(f"{words.one(TRADES)} {words.one(FIELDS)} {number}"))]
        english = [("skos:prefLabel", text(f"Occupation {number}", "en"))] if number % 3 == 0 else []
        yield from lines(GRAPH, beroep(number), [*concept("vg:Beroep", name, "beroepen"), *other, *english, _FROM])

    def _kwalificatie(self, number: int, words: Words) -> Iterator[str]:
        properties = [
            ("a", term("vg:Kwalificatie")),
            ("rdfs:label", text(f"{beroep_name(number % self.beroepen)}, kwalificatie {number}")),
            ("vg:creboCode", f'"{25000 + number}"'),
            ("vg:mboNiveau", integer(words.random.choice((1, 2, 3, 3, 4, 4, 4)))),
            ("vg:isOnderdeelVan", dossier(number // 4)),
            _FROM,
        ]
        yield from lines(GRAPH, kwalificatie(number), properties)
        if number % 4 == 0:
            named = [
                ("a", term("vg:Kwalificatiedossier")),
                ("rdfs:label", text(f"Kwalificatiedossier {number // 4}")),
                _FROM,
            ]
            yield from lines(GRAPH, dossier(number // 4), named)


def _register() -> Iterator[str]:
    """The document that the concepts come from, and the one passage of it."""
    name = ("rdfs:label", text("Register van begrippen"))
    yield from lines(GRAPH, _DOCUMENT, [("a", term("vg:Brondocument")), name, *document("register", 1)])
    yield from lines(
        GRAPH, _DOCUMENT, [("dct:title", text("Register van begrippen")), ("dct:issued", typed("2024", "xsd:gYear"))]
    )
    places = [("vg:beginRegel", integer(1)), ("vg:eindRegel", integer(1)), ("oa:exact", text("Begrippen."))]
    kinds = [("a", term("vg:Passage")), ("a", term("oa:TextQuoteSelector")), name, ("vg:brondocument", _DOCUMENT)]
    yield from lines(GRAPH, _FROM[1], [*kinds, *places])
    yield from lines(GRAPH, PUBLISHER, [("a", term("org:Organization")), ("rdfs:label", text("Uitgever")), _FROM])


def document(name: str, length: int) -> list[tuple[str, str]]:
    """What every source document has beside its title and date."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return [
        ("dct:publisher", PUBLISHER),
        RIGHTS,
        ("vg:bestand", f'"{name}.txt"'),
        ("vg:sha256", f'"{digest}"'),
        ("vg:aantalRegels", integer(length)),
    ]


def _known(number: int) -> tuple[str, str]:
    """The sector of the reference list that a sector of the registry is like."""
    return ("skos:closeMatch", thing("branche", KNOWN_BRANCHES[number % len(KNOWN_BRANCHES)]))


def concept(klasse: str, name: str, scheme: str) -> list[tuple[str, str]]:
    """What every concept has."""
    return [
        ("a", term("skos:Concept")),
        ("a", term(klasse)),
        ("rdfs:label", text(name)),
        ("skos:prefLabel", text(name)),
        ("skos:inScheme", thing("begrippenkader", scheme)),
    ]


def skill_properties(number: int) -> list[tuple[str, str]]:
    """What the graph of concepts and the graph of every profile that asks for it say about a skill."""
    kind = "vg:Vakkennis" if number % 2 else "vg:Vaardigheid"
    return [("a", term("vg:Skill")), *concept(kind, skill_name(number), "skills")]


def skill_name(number: int) -> str:
    """Its label; two numbers never give the same."""
    many = len(SUBJECTS)
    first, second = SUBJECTS[number % many], SUBJECTS[number // many % many]
    start = "Kennis van" if number % 2 else "Kan omgaan met"
    return f"{start} {QUALITIES[number % len(QUALITIES)]} {first} en {second} ({number})"


def beroep_name(number: int) -> str:
    """Its label; two numbers never give the same."""
    return f"{TRADES[number % len(TRADES)].capitalize()} {FIELDS[number // 3 % len(FIELDS)]} {number}"


def skill(number: int) -> str:
    return thing("skill", f"skill-{number}")


def group(number: int) -> str:
    return thing("skill", f"groep-{number}")


def competentie(letter: str) -> str:
    return thing("competentie", f"kbb-{letter}")


def branche(number: int) -> str:
    return thing("branche", f"branche-{number}")


def beroep(number: int) -> str:
    return thing("beroep", f"beroep-{number}")


def kwalificatie(number: int) -> str:
    return thing("kwalificatie", f"kwalificatie-{number}")


def dossier(number: int) -> str:
    return thing("kwalificatiedossier", f"dossier-{number}")
