"""A proposal for the level of a profile that no qualification is known for: its words beside level descriptors.

Only a proposal, computed when somebody asks and stored nowhere. It reads the sections about complexiteit,
verantwoordelijkheid, zelfstandigheid and transfer, looks for wording that level descriptors turn on, and takes the
level that most of it fits. The same texts give the same proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

FACTORS = ("complexiteit", "verantwoordelijkheid", "zelfstandigheid", "transfer")
"""The kinds of section that say something about a level; also the four factors by which profiles describe one."""

LEVELS = range(1, 9)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_MOST_QUOTES = 2


class Text(NamedTuple):
    """A section of a profile: its IRI, the code of its kind, and what it says (Dutch)."""

    iri: str
    kind: str
    text: str


class Cue(NamedTuple):
    """Wording that fits some levels: the factor, how it is recognised, from which level to which, and why."""

    factor: str
    pattern: re.Pattern[str]
    low: int
    high: int
    reason: tuple[str, str]


class Evidence(NamedTuple):
    """A cue that was found: the section, the sentence, the words in it."""

    cue: Cue
    section: str
    sentence: str
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the texts point to: the level (None: too little to go by), the evidence, and the factors without any.

    `fits` says how many cues fit each level.
    """

    level: int | None
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]
    fits: tuple[tuple[int, int], ...]


def _cue(factor: str, pattern: str, low: int, high: int, dutch: str, english: str) -> Cue:
    return Cue(factor, re.compile(pattern, re.IGNORECASE), low, high, (dutch, english))


CUES = (
    _cue(
        "complexiteit",
        r"\beenvoudige (?:taken|werkzaamheden|handelingen|situaties)",
        1,
        2,
        "eenvoudige taken",
        "simple tasks",
    ),
    _cue(
        "complexiteit",
        r"\b(?:routinematig\w*|routinewerk\w*|vaste procedures?)",
        2,
        3,
        "routine en vaste werkwijzen",
        "routine and set procedures",
    ),
    _cue(
        "complexiteit",
        r"\bstandaard(?:werkwijzen|procedures|methoden)",
        3,
        4,
        "standaardwerkwijzen toepassen",
        "applying standard procedures",
    ),
    _cue(
        "complexiteit",
        r"\bbrede en specialistische kennis|\bspecialistische kennis",
        4,
        5,
        "brede en specialistische kennis",
        "broad and specialised knowledge",
    ),
    _cue(
        "complexiteit",
        r"\bcomplexe\b|\bmultiproblem\w*|\bmeervoudige\b",
        4,
        6,
        "complexe situaties of vragen",
        "complex situations or questions",
    ),
    _cue(
        "complexiteit",
        r"\bonvoorspelbare?\b|\bonverwachte\b",
        4,
        6,
        "een omgeving die verandert of onvoorspelbaar is",
        "a changing or unpredictable setting",
    ),
    _cue(
        "complexiteit",
        r"\bwetenschappelijk\w*|\bonderzoek (?:verrichten|doen|opzetten)",
        6,
        8,
        "wetenschappelijke kennis of eigen onderzoek",
        "academic knowledge or own research",
    ),
    _cue(
        "transfer",
        r"\buiteenlopende (?:werk)?situaties|\bdiversiteit aan werkzaamheden|\bin verschillende contexten",
        4,
        5,
        "inzetbaar in uiteenlopende situaties",
        "able to work in various situations",
    ),
    _cue(
        "transfer",
        r"\b(?:aangepaste|nieuwe)(?: of (?:aangepaste|nieuwe))? (?:werkwijzen|procedures|methoden)",
        4,
        5,
        "werkwijzen aanpassen of zelf maken",
        "adapting or devising procedures",
    ),
    _cue(
        "transfer",
        r"\binnovati\w+ (?:ontwikkelen|opzetten|leiden)",
        6,
        8,
        "vernieuwing van het vak",
        "innovation of the field",
    ),
    _cue(
        "zelfstandigheid",
        r"\bonder (?:direct |rechtstreeks |voortdurend )?(?:toezicht|begeleiding)\b",
        1,
        2,
        "werkt onder toezicht of begeleiding",
        "works under supervision or guidance",
    ),
    _cue("zelfstandigheid", r"\bzelfstandig\b(?! wonen)", 3, 5, "werkt zelfstandig", "works independently"),
    _cue(
        "zelfstandigheid",
        r"\bnaar eigen inzicht|\bverantwoorde keuzes",
        4,
        5,
        "beslist naar eigen inzicht",
        "decides on own judgement",
    ),
    _cue(
        "verantwoordelijkheid",
        r"\bverantwoordelijk\w* (?:is )?voor (?:haar|zijn|het|de|hun)? ?eigen\b",
        3,
        4,
        "verantwoordelijk voor eigen werk",
        "responsible for own work",
    ),
    _cue(
        "verantwoordelijkheid",
        r"\bgedeelde verantwoordelijkheid|\bmedeverantwoordelijk\w*",
        4,
        4,
        "deelt de verantwoordelijkheid voor werk van anderen",
        "shares responsibility for the work of others",
    ),
    _cue(
        "verantwoordelijkheid",
        r"\bwerkbegeleiding|\bbegeleidt (?:nieuwe )?(?:collega|stagiair)",
        4,
        5,
        "begeleidt anderen in hun werk",
        "guides others in their work",
    ),
    _cue("verantwoordelijkheid", r"\bcoördin\w+", 4, 5, "coördineert werk", "coordinates work"),
    _cue(
        "verantwoordelijkheid",
        r"\baanspreekbaar op\b",
        4,
        5,
        "aanspreekbaar op het resultaat",
        "answers for the result",
    ),
    _cue(
        "verantwoordelijkheid",
        r"\bgeeft leiding|\bleidinggevende taken|\baansturen van (?:een team|medewerkers)",
        5,
        6,
        "geeft leiding",
        "manages others",
    ),
    _cue(
        "verantwoordelijkheid", r"\beindverantwoordelijk\w*", 6, 7, "eindverantwoordelijk", "bears final responsibility"
    ),
    _cue(
        "verantwoordelijkheid",
        r"\bstrategisch\w* beleid|\bbeleid op strategisch",
        7,
        8,
        "strategisch beleid",
        "strategic policy",
    ),
)


def proposal(texts: Iterable[Text]) -> Proposal:
    """The proposal for a profile with these sections; sections of other kinds are left aside."""
    evidence = tuple(_evidence(sorted(text for text in texts if text.kind in FACTORS)))
    found = {one.cue for one in evidence}
    fits = {level: sum(cue.low <= level <= cue.high for cue in found) for level in LEVELS}
    factors = {cue.factor for cue in found}
    # One factor is too little: the descriptors weigh knowledge, skills and responsibility together.
    enough = len(found) >= 3 and len(factors) >= 2
    # Of levels that fit equally well the lowest: nothing in the text asks for more.
    level = max(LEVELS, key=lambda one: (fits[one], -one)) if enough else None
    missing = tuple(factor for factor in FACTORS if factor not in factors)
    return Proposal(level, evidence, missing, tuple(fits.items()))


def _evidence(texts: Iterable[Text]) -> Iterable[Evidence]:
    found: dict[Cue, list[Evidence]] = {}
    for text in texts:
        for sentence in filter(None, (part.strip() for part in _SENTENCE.split(text.text))):
            for cue in CUES:
                if (match := cue.pattern.search(sentence)) is not None:
                    found.setdefault(cue, []).append(Evidence(cue, text.iri, sentence, match[0].strip()))
    for factor in FACTORS:
        for cue in CUES:
            if cue.factor == factor:
                yield from found.get(cue, [])[:_MOST_QUOTES]
