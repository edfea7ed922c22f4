"""One profile: its tasks, what they require, its matrix, its glossary and the passages all of it rests on."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from bench.registry import concepts
from bench.registry.concepts import LETTERS, Concepts
from bench.registry.quads import Properties, graph, integer, lines, term, text, thing, typed
from bench.registry.words import COMPETENCES, SUBJECTS, Words

_LONGEST = 1000
"""Of how many lines a document is said to be: more than any has passages."""


class Profile:
    """Writes the statements of profile `number`; they depend on nothing but the seed, the number and the concepts."""

    def __init__(self, number: int, seed: int, shared: Concepts) -> None:
        self._words = Words(f"{seed}-{number}")
        self._shared = shared
        self._slug = f"profiel-{number}"
        self._graph = graph(f"register-{self._slug}")
        self._profile = thing("profiel", self._slug)
        self._document = thing("brondocument", self._slug)
        # Each its own while there are enough: of two profiles of one occupation, the younger replaces the elder.
        self._beroep = number - 1 if number <= shared.beroepen else self._words.random.randrange(shared.beroepen)
        self._title = f"Beroepscompetentieprofiel {concepts.beroep_name(self._beroep)}"
        self._line = 1
        self._skills: dict[int, str] = {}

    def statements(self) -> Iterator[str]:
        """Everything in the named graph of the profile."""
        yield from self._head()
        core = self._words.random.randint(2, 4)
        asked: dict[str, list[str]] = {letter: [] for letter in LETTERS}
        for task in range(1, core + 1):
            yield from self._kerntaak(task, asked)
        for order, letter in enumerate((letter for letter in LETTERS if asked[letter]), 1):
            yield from self._matrixregel(order, letter, asked[letter])
        for number, passage in self._skills.items():
            yield from self._about(concepts.skill(number), [*concepts.skill_properties(number), _from(passage)])
        yield from self._glossary()
        for order in range(1, self._words.random.randint(5, 8)):
            yield from self._paragraaf(order)

    def _head(self) -> Iterator[str]:
        year = self._words.random.randint(2005, 2024)
        issued = ("dct:issued", typed(f"{year}-{self._words.random.randint(1, 12):02}", "xsd:gYearMonth"))
        title = ("dct:title", text(self._title))
        yield from self._about(self._graph, [title, ("dct:source", self._document)])
        kind, name = ("a", term("vg:Brondocument")), ("rdfs:label", text(self._title))
        yield from self._about(self._document, [kind, name, title, issued, *concepts.document(self._slug, _LONGEST)])
        branches = sorted(set(self._words.random.choices(range(self._shared.branches), k=2)))
        properties = [
            ("a", term("vg:Beroepscompetentieprofiel")),
            ("a", term("vg:Profiel")),
            name,
            title,
            issued,
            ("dct:source", self._document),
            ("vg:beschrijft", concepts.beroep(self._beroep)),
            *(("vg:geldtVoor", concepts.branche(branche)) for branche in branches),
            ("vg:heeftBegrippenlijst", thing("begrippenlijst", self._slug)),
            concepts.RIGHTS,
            _from(self._passage_name(1)),
            ("vg:heeftLegitimering", self._name("legitimering", 1)),
        ]
        if self._words.random.random() < 0.6:
            properties.append(("vg:isBasisVoor", self._kwalificatie()))
        yield from self._about(self._profile, properties)
        yield from self._about(self._name("legitimering", 1), self._legitimering(issued[1]))

    def _legitimering(self, issued: str) -> Properties:
        return [
            ("a", term("vg:Legitimering")),
            ("a", term("prov:Activity")),
            ("rdfs:label", text("Legitimering door Uitgever")),
            ("vg:orgaan", concepts.PUBLISHER),
            ("dct:date", issued),
            _from(self._passage_name(1)),
        ]

    def _kwalificatie(self) -> str:
        return concepts.kwalificatie(self._words.random.randrange(self._shared.kwalificaties))

    def _kerntaak(self, number: int, asked: dict[str, list[str]]) -> Iterator[str]:
        task = self._name("kerntaak", number)
        yield from self._task(task, "vg:Kerntaak", str(number), number)
        yield from self._about(self._profile, [("vg:heeftKerntaak", task)])
        letters = sorted(self._words.random.sample(LETTERS, self._words.random.randint(4, 8)))
        for order, letter in enumerate(letters, 1):
            asked[letter].append(task)
            about = [("vg:toelichting", text(self._words.sentence(15, 40)))]
            wording = COMPETENCES[LETTERS.index(letter)][0]
            reference = f"{number}-kbb-{letter}"
            competence = concepts.competentie(letter)
            yield from self._vereiste(task, reference, "vg:Competentievereiste", competence, wording, order, about)
        for process in range(1, self._words.random.randint(3, 6)):
            yield from self._werkproces(task, f"{number}.{process}", process)
        for order in range(1, self._words.random.randint(2, 4)):
            yield from self._dilemma(task, f"{number}-{order}", order)

    def _werkproces(self, task: str, number: str, order: int) -> Iterator[str]:
        process = self._name("werkproces", number)
        yield from self._task(process, "vg:Werkproces", number, order)
        long = [("vg:omschrijving", text(self._words.sentence(30, 70))), ("vg:resultaat", text(self._words.sentence()))]
        yield from self._about(process, long)
        yield from self._about(task, [("vg:heeftWerkproces", process)])
        drawn = dict.fromkeys(self._shared.ranks.draw(self._words.random, self._words.random.randint(2, 6)))
        for place, skill in enumerate(drawn, 1):
            name = concepts.skill_name(skill)
            reference = f"{number}-skill-{place}"
            yield from self._vereiste(process, reference, "vg:Skillvereiste", concepts.skill(skill), name, place, [])
            self._skills.setdefault(skill, self._passage_name(self._line - 1))

    def _task(self, task: str, klasse: str, number: str, order: int) -> Iterator[str]:
        passage = yield from self._passage()
        name = text(self._words.task())
        kinds = [("a", term(klasse)), ("a", term("vg:Taak"))]
        yield from self._about(task, [*kinds, ("rdfs:label", name), _from(passage), *_numbered(number, order)])

    def _vereiste(
        self, owner: str, reference: str, klasse: str, skill: str, wording: str, order: int, more: Properties
    ) -> Iterator[str]:
        passage = yield from self._passage()
        vereiste = self._name("vereiste", reference)
        properties = [
            ("a", term(klasse)),
            ("a", term("vg:Vereiste")),
            ("rdfs:label", text(wording)),
            ("vg:formulering", text(wording)),
            ("vg:betreft", skill),
            ("vg:volgorde", integer(order)),
            _from(passage),
            *more,
        ]
        yield from self._about(vereiste, properties)
        yield from self._about(owner, [("vg:heeftVereiste", vereiste)])

    def _dilemma(self, task: str, reference: str, order: int) -> Iterator[str]:
        passage = yield from self._passage()
        dilemma, wording = self._name("dilemma", reference), text(self._words.sentence())
        texts = [("rdfs:label", wording), ("vg:tekst", wording), ("vg:volgorde", integer(order))]
        yield from self._about(dilemma, [("a", term("vg:Dilemma")), *texts, _from(passage)])
        yield from self._about(task, [("vg:heeftDilemma", dilemma)])

    def _matrixregel(self, order: int, letter: str, tasks: list[str]) -> Iterator[str]:
        passage = yield from self._passage()
        row, name = self._name("matrixregel", letter), COMPETENCES[LETTERS.index(letter)][0]
        properties = [
            ("a", term("vg:Matrixregel")),
            ("rdfs:label", text(f"{letter.upper()} {name}")),
            ("vg:betreft", concepts.competentie(letter)),
            ("vg:formulering", text(name)),
            ("vg:volgorde", integer(order)),
            *(("vg:vermeldtKerntaak", task) for task in tasks),
            _from(passage),
        ]
        yield from self._about(row, properties)
        yield from self._about(self._profile, [("vg:heeftMatrixregel", row)])

    def _glossary(self) -> Iterator[str]:
        """A list of terms; every term after the first three has a broader one among those before it."""
        scheme = thing("begrippenlijst", self._slug)
        kinds = [("a", term("vg:Begrippenlijst")), ("a", term("skos:ConceptScheme"))]
        yield from self._about(scheme, [*kinds, ("rdfs:label", text(f"Begrippenlijst van {self._title}"))])
        for order, word in enumerate(self._words.random.sample(SUBJECTS, self._words.random.randint(6, 14)), 1):
            passage = yield from self._passage()
            item = self._name("begrip", str(order))
            properties = [
                ("a", term("vg:Begrip")),
                ("a", term("skos:Concept")),
                ("rdfs:label", text(word.capitalize())),
                ("skos:prefLabel", text(word.capitalize())),
                ("skos:definition", text(self._words.sentence())),
                ("skos:inScheme", scheme),
                ("vg:volgorde", integer(order)),
                _from(passage),
            ]
            if order > 3:
                properties.append(("skos:broader", self._name("begrip", str(self._words.random.randint(1, order - 1)))))
            yield from self._about(item, properties)
            yield from self._about(scheme, [("vg:heeftBegrip", item)])

    def _paragraaf(self, order: int) -> Iterator[str]:
        passage = yield from self._passage()
        part = self._name("paragraaf", str(order))
        kind = self._words.one(("context", "trends", "functiebenamingen", "verantwoordelijkheid"))
        properties = [
            ("a", term("vg:Paragraaf")),
            ("rdfs:label", text(self._words.task())),
            ("vg:soortParagraaf", f'"{kind}"'),
            ("vg:tekst", text(self._words.sentence(40, 120))),
            _from(passage),
            *_numbered(str(order), order),
        ]
        yield from self._about(part, properties)
        yield from self._about(self._profile, [("vg:heeftParagraaf", part)])

    def _passage(self) -> Generator[str, None, str]:
        """Write the next passage of the document and return its IRI."""
        start, passage = self._line, self._passage_name(self._line)
        self._line += 1
        properties = [
            ("a", term("oa:TextQuoteSelector")),
            ("a", term("vg:Passage")),
            ("rdfs:label", text(f"{self._title}, regel {start}")),
            ("rdfs:label", text(f"{self._title}, line {start}", "en")),
            ("oa:exact", text(self._words.sentence())),
            ("vg:beginRegel", integer(start)),
            ("vg:eindRegel", integer(start)),
            ("vg:pagina", integer(start // 12 + 1)),
            ("vg:brondocument", self._document),
        ]
        yield from self._about(passage, properties)
        return passage

    def _passage_name(self, line: int) -> str:
        return self._name("passage", f"r{line}-r{line}")

    def _name(self, klasse: str, reference: str | int) -> str:
        return thing(klasse, f"{self._slug}-{reference}")

    def _about(self, subject: str, properties: Properties) -> Iterator[str]:
        return lines(self._graph, subject, properties)


def _from(passage: str) -> tuple[str, str]:
    return ("prov:wasDerivedFrom", passage)


def _numbered(number: str, order: int) -> list[tuple[str, str]]:
    return [("vg:nummer", f'"{number}"'), ("vg:volgorde", integer(order))]
