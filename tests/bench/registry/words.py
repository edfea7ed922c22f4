"""Dutch-looking words, labels and sentences, from lists and a seeded random generator."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

COMPETENCES: tuple[tuple[str, str], ...] = (
    ("Beslissen en activiteiten initiëren", "Deciding and initiating activities"),
    ("Aansturen", "Directing others"),
    ("Begeleiden", "Guiding others"),
    ("Aandacht en begrip tonen", "Showing attention and understanding"),
    ("Samenwerken en overleggen", "Cooperating and consulting"),
    ("Ethisch en integer handelen", "Acting ethically and with integrity"),
    ("Relaties bouwen en netwerken", "Building relationships and networking"),
    ("Overtuigen en beïnvloeden", "Persuading and influencing"),
    ("Presenteren", "Presenting"),
    ("Formuleren en rapporteren", "Formulating and reporting"),
    ("Vakdeskundigheid toepassen", "Applying professional expertise"),
    ("Materialen en middelen inzetten", "Using materials and resources"),
    ("Analyseren", "Analysing"),
    ("Onderzoeken", "Investigating"),
    ("Creëren en innoveren", "Creating and innovating"),
    ("Leren", "Learning"),
    ("Plannen en organiseren", "Planning and organising"),
    (
        'Op de behoeften en verwachtingen van de "klant" richten',
        'Focusing on the needs and expectations of the "customer"',
    ),
    ("Kwaliteit leveren", "Delivering quality"),
    ("Instructies en procedures opvolgen", "Following instructions and procedures"),
    ("Omgaan met verandering en aanpassen", "Dealing with change and adapting"),
    ("Met druk en tegenslag omgaan", "Coping with pressure and setbacks"),
    ("Gedrevenheid en ambitie tonen", "Showing drive and ambition"),
    ("Ondernemend en commercieel handelen", "Acting entrepreneurially and commercially"),
    ("Bedrijfsmatig handelen", "Acting with business sense"),
)
FIELDS = (
    "zorg welzijn techniek bouw horeca logistiek transport handel landbouw veiligheid onderwijs sport media metaal"
    " installatie vervoer visserij textiel drukwerk hout energie water milieu toerisme kunst muziek theater recht"
    " financiën verzekering makelaardij schoonmaak beveiliging catering bakkerij slagerij bloemen tuinbouw veeteelt"
    " scheepvaart luchtvaart spoor wegenbouw asfalt glas keramiek chemie farmacie laboratorium optiek"
).split()
# Sectors of data/reference/branches.ttl, by their references.
KNOWN_BRANCHES = ("thuiszorg", "ouderenzorg", "maatschappelijke-opvang")
TRADES = (
    "begeleider verzorger monteur adviseur planner coördinator medewerker uitvoerder assistent specialist technicus"
    " ontwerper toezichthouder instructeur behandelaar inkoper verkoper beheerder operator inspecteur"
).split()
SUBJECTS = (
    "gesprekstechnieken regelgeving rapportage veiligheid hygiëne planning methodieken doelgroepen materialen"
    " gereedschap ziektebeelden opvoeding communicatie onderhoud procedures kwaliteitszorg ethiek wetgeving"
    " begeleidingsplannen groepsdynamica administratie ergonomie voorraadbeheer storingen ontwikkelingspsychologie"
    " tekeninglezen medicatie netwerkvorming toezicht budgettering verandermanagement conflicthantering"
).split()
QUALITIES = (
    "actuele brede specifieke praktische theoretische eenvoudige complexe sociale technische wettelijke dagelijkse"
    " culturele persoonlijke methodische gespecialiseerde multidisciplinaire preventieve individuele"
).split()
VERBS = (
    "begeleidt ondersteunt verzorgt controleert plant bewaakt bespreekt onderzoekt herstelt adviseert registreert"
    " evalueert stemt organiseert signaleert inventariseert coördineert beoordeelt"
).split()
_FILLERS = (
    "de het een van en in op met voor bij door naar over de cliënt de collega het plan de wensen mogelijkheden"
    " omgeving samen zelfstandig daarbij vervolgens zorgvuldig binnen volgens waarbij zodat afspraken doelen situatie"
    " werkplek team leidinggevende hulpverlening problemen verantwoordelijkheid"
).split()
_SENTENCE = (*_FILLERS, *_FILLERS, *SUBJECTS, *QUALITIES, *VERBS, *FIELDS)


class Words:
    """A source of texts; equal seeds give equal texts."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)

    def one(self, of: Sequence[str]) -> str:
        """Any of `of`."""
        return of[int(self.random.random() * len(of))]

    def sentence(self, shortest: int = 8, longest: int = 26) -> str:
        """A capital, so many words and a full stop."""
        words = " ".join(self.random.choices(_SENTENCE, k=self.random.randint(shortest, longest)))
        return words[0].upper() + words[1:] + "."

    def task(self) -> str:
        """The name of a task: a verb and what it is done to."""
        return f"{self.one(VERBS).capitalize()} de {self.one(QUALITIES)} {self.one(SUBJECTS)} in de {self.one(FIELDS)}"


class Ranks:
    """Numbers from 0 to `count` - 1 of which the first occur far more often than the last (Zipf, exponent 0.9)."""

    def __init__(self, count: int) -> None:
        self._numbers = range(count)
        self._weights = list(accumulate(1 / (rank + 2) ** 0.9 for rank in self._numbers))

    def draw(self, chance: random.Random, times: int) -> list[int]:
        """`times` numbers, some perhaps more than once."""
        return chance.choices(self._numbers, cum_weights=self._weights, k=times)
