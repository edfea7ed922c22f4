"""What the page of a thing shows of it, by class: which texts, which facts, and which lists of other things."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.web.site.links import Way
from vakgraaf.web.wording import marked


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list under a heading: the ways to its things, and texts of each that are shown with it.

    `sourced`: with where a source has each; `held`: with what has it, where that is no whole; `kinds`: with its kind.
    """

    title: str
    ways: tuple[Way, ...]
    quoted: tuple[str, ...] = ()
    sourced: bool = True
    held: bool = False
    kinds: bool = False
    most: int = 50


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of page. Titles are words of the catalogue, an empty one stands for none; properties are prefixed.

    `under` leads to what the page stands below in the crumbs, where that is no whole that it is a part of. `sourced`:
    the page says where in a source the thing itself is.
    """

    texts: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    lists: tuple[ListOf, ...] = ()
    under: Way | None = None
    sourced: bool = True


def _out(title: str, *properties: str, most: int = 200) -> ListOf:
    return ListOf(title, tuple(Way(name) for name in properties), most=most)


def _back(title: str, name: str, klasse: str = "", *quoted: str) -> ListOf:
    return ListOf(title, (Way(name, True, klasse),), quoted)


def _acts(title: str, name: str, klasse: str = "", *quoted: str) -> ListOf:
    return ListOf(title, (Way(name, True, klasse),), quoted, held=True)


def _concepts(title: str, name: str, klasse: str = "", *quoted: str) -> ListOf:
    return ListOf(title, (Way(name, True, klasse),), quoted, sourced=False)


_VALIDITY = (
    (marked("Geldig vanaf"), "vg:geldigVanaf"),
    (marked("Einde instroom"), "vg:eindeInstroom"),
    (marked("Geldig tot en met"), "vg:geldigTot"),
)

DEMANDS = _back(marked("Waar het gevraagd wordt"), "vg:betreft", "vg:Vereiste", "vg:formulering", "vg:toelichting")
"""The places that ask for a skill or a competence."""

_DEFINITION = ("", "skos:definition")
_ALSO = (marked("Ook genoemd"), "skos:altLabel")
_BROADER = (marked("Ruimer"), "skos:broader")
_RELATED = (marked("Verwant"), "skos:related")
_SCHEME = Way("skos:inScheme")
_NARROWER = _concepts(marked("Enger"), "skos:broader")
_PARTS = (
    _out(marked("Onderdelen"), "vg:heeftParagraaf"),
    ListOf(marked("Aanvullingen"), (Way("vg:heeftAanvulling"),), ("vg:tekst",)),
    ListOf(marked("Ontwikkelingen"), (Way("vg:heeftOntwikkeling"),), ("vg:tekst",)),
    _out(marked("Dilemma's"), "vg:heeftDilemma"),
    ListOf(marked("Toelichting"), (Way("vg:heeftToelichting"),), ("vg:tekst",)),
    ListOf(marked("Voetnoten"), (Way("vg:heeftVoetnoot"),), ("vg:tekst",)),
)
_TEXT = ("", "vg:tekst")
_AT = (marked("Geldt bij"), "vg:geldtBij")

PART = Layout(texts=(_TEXT,), facts=((marked("Categorie"), "vg:categorie"),), lists=_PARTS)
PARAGRAAF = Layout(texts=(_TEXT,), facts=((marked("Soort"), "vg:soortParagraaf"), _AT), lists=_PARTS)
AANVULLING = Layout(
    texts=(_TEXT,),
    facts=((marked("Geldt voor"), "vg:geldtVoor"), (marked("Vult aan"), "vg:vultAan")),
    lists=_PARTS,
)
VEREISTE = Layout(
    texts=((marked("Zoals het er staat"), "vg:formulering"), (marked("Toelichting"), "vg:toelichting")),
    facts=((marked("Gaat over"), "vg:betreft"), _AT),
    lists=_PARTS[-2:],
)
MATRIXREGEL = Layout(
    texts=((marked("Zoals het er staat"), "vg:formulering"),),
    facts=((marked("Gaat over"), "vg:betreft"),),
    lists=(_out(marked("Kerntaken waarbij zij hoort"), "vg:vermeldtKerntaak"),),
)
BEVINDING = Layout(
    facts=((marked("Ernst"), "vg:ernst"), (marked("Code"), "vg:code")),
    under=Way("vg:heeftBevinding", True),
)
DEELNAME = Layout(
    facts=(
        (marked("Groep"), "vg:groep"),
        (marked("Functie"), "vg:functie"),
        (marked("Organisatie"), "vg:organisatie"),
    ),
    under=Way("vg:heeftDeelname", True),
)
VALIDERING = Layout(
    facts=((marked("Door"), "vg:orgaan"), (marked("Gremium"), "vg:gremium"), (marked("Datum"), "dct:date")),
    under=Way("vg:heeftValidering", True),
)
LEGITIMERING = Layout(facts=VALIDERING.facts, under=Way("vg:heeftLegitimering", True))
BRON = Layout(
    texts=(("", "dct:bibliographicCitation"),),
    facts=((marked("Uitgegeven"), "dct:issued"), (marked("Uitgever"), "dct:publisher")),
    lists=(_back(marked("Profielen die deze bron raadplegen"), "vg:raadpleegt"),),
)
BRANCHE = Layout(
    texts=(_DEFINITION,),
    facts=(_ALSO, _BROADER, _RELATED),
    lists=(
        _back(marked("Profielen voor deze branche"), "vg:geldtVoor", "vg:Profiel"),
        _back(marked("Aanvullingen voor deze branche"), "vg:geldtVoor", "vg:Aanvulling", "vg:tekst"),
        _NARROWER,
    ),
    under=_SCHEME,
)
BEROEP = Layout(
    texts=(_DEFINITION,),
    facts=((marked("Functiebenamingen"), "skos:altLabel"), _BROADER, _RELATED),
    lists=(_back(marked("Profielen van dit beroep"), "vg:beschrijft"), _NARROWER),
    under=_SCHEME,
)
ORGANISATIE = Layout(
    texts=(_DEFINITION, ("", "dct:description")),
    facts=(_ALSO, (marked("Website"), "foaf:homepage")),
    lists=(
        _back(marked("Documenten die zij uitgaf"), "dct:publisher", "vg:Brondocument"),
        _acts(marked("Profielen die zij legitimeerde"), "vg:orgaan", "vg:Legitimering"),
        _acts(marked("Profielen die zij valideerde"), "vg:orgaan", "vg:Validering"),
        _acts(marked("Profielen waaraan zij meewerkte"), "vg:organisatie"),
    ),
)
BEGRIP = Layout(
    texts=(_DEFINITION,),
    facts=((marked("Zie"), "vg:zie"), _ALSO, _BROADER, _RELATED),
    lists=(_back(marked("Begrippen die hiernaar verwijzen"), "vg:zie"), _NARROWER),
)
BEGRIPPENLIJST = Layout(
    texts=(_DEFINITION,),
    lists=(ListOf(marked("Begrippen"), (Way("vg:heeftBegrip"),), ("skos:definition", "vg:zie"), most=500),),
)
COMPETENTIEMODEL = Layout(
    texts=(_DEFINITION, ("", "skos:editorialNote")),
    facts=(_ALSO, (marked("Bron"), "dct:source")),
    lists=(_concepts(marked("Competenties"), "skos:inScheme", "", "skos:notation", "skos:definition"),),
)
BEGRIPPENKADER = Layout(
    texts=(_DEFINITION,),
    facts=((marked("Licentie"), "dct:license"),),
    lists=(_concepts(marked("Termen"), "skos:inScheme", "", "skos:definition"),),
)
CONCEPT = Layout(
    texts=(_DEFINITION,),
    facts=((marked("Code"), "skos:notation"), _ALSO, _BROADER, _RELATED),
    lists=(_NARROWER,),
    under=_SCHEME,
)
SKILL = Layout(
    texts=(_DEFINITION,),
    facts=((marked("Ook geschreven als"), "skos:altLabel"), _BROADER, _RELATED),
    lists=(DEMANDS, _NARROWER),
    under=_SCHEME,
    sourced=False,
)
COMPETENTIE = Layout(
    texts=(_DEFINITION,),
    facts=(
        (marked("Letter"), "skos:notation"),
        (marked("Competentiemodel"), "skos:inScheme"),
        _ALSO,
        _BROADER,
        _RELATED,
    ),
    lists=(DEMANDS, _NARROWER, _back(marked("In competentieoverzichten"), "vg:betreft", "vg:Matrixregel")),
    under=_SCHEME,
    sourced=False,
)
KWALIFICATIE = Layout(
    texts=(_DEFINITION, ("", "dct:description")),
    facts=(
        (marked("Crebocode"), "vg:creboCode"),
        (marked("Mbo-niveau"), "vg:mboNiveau"),
        (marked("Kwalificatiedossier"), "vg:isOnderdeelVan"),
        *_VALIDITY,
        _ALSO,
    ),
    lists=(
        _back(marked("Gebaseerd op"), "vg:isBasisVoor"),
        _out(marked("Inschalingen"), "vg:heeftInschaling"),
        _out(marked("Kerntaken"), "vg:heeftKerntaak"),
    ),
)
KWALIFICATIEDOSSIER = Layout(
    texts=(_DEFINITION, ("", "dct:description")),
    facts=(
        (marked("Crebocode"), "vg:creboCode"),
        (marked("Nummer"), "dct:identifier"),
        (marked("Versie"), "owl:versionInfo"),
        (marked("Vastgesteld"), "dct:issued"),
        *_VALIDITY,
        (marked("Volgt op"), "dct:replaces"),
        (marked("Opgevolgd door"), "dct:isReplacedBy"),
        (marked("Uitgave van"), "dct:isVersionOf"),
        _ALSO,
    ),
    lists=(
        _back(marked("Kwalificaties"), "vg:isOnderdeelVan", "vg:Kwalificatie", "vg:creboCode"),
        _out(marked("Kerntaken"), "vg:heeftKerntaak"),
        _out(marked("Brondocumenten"), "dct:source"),
        _back(marked("Uitgaven"), "dct:isVersionOf"),
        _back(marked("Profielen die dit dossier noemen"), "vg:noemtKwalificatiedossier"),
    ),
)
RAAMWERK = Layout(
    texts=(_DEFINITION, ("", "dct:description")),
    facts=(_ALSO, (marked("Uitgever"), "dct:publisher"), (marked("Uitgegeven"), "dct:issued")),
    lists=(_concepts(marked("Niveaus"), "skos:inScheme", "", "skos:notation", "skos:definition"),),
)
NIVEAU = Layout(
    texts=(_DEFINITION,),
    facts=(
        (marked("Code"), "skos:notation"),
        (marked("Kwalificatieraamwerk"), "skos:inScheme"),
        _ALSO,
        _BROADER,
        _RELATED,
    ),
    lists=(_NARROWER, _acts(marked("Inschalingen op dit niveau"), "vg:niveau", "", "vg:onderbouwing")),
    under=_SCHEME,
)
INSCHALING = Layout(
    texts=((marked("Onderbouwing"), "vg:onderbouwing"),),
    facts=(
        (marked("Niveau"), "vg:niveau"),
        (marked("Status"), "vg:status"),
        (marked("Methode"), "vg:methode"),
        (marked("Afgeleid via"), "vg:afgeleidVia"),
        (marked("Bron"), "dct:source"),
    ),
    under=Way("vg:heeftInschaling", True),
)
BRONDOCUMENT = Layout(
    texts=(("", "dct:description"),),
    facts=(
        (marked("Uitgever"), "dct:publisher"),
        (marked("Uitgegeven"), "dct:issued"),
        (marked("Aantal regels"), "vg:aantalRegels"),
        (marked("Bestand"), "vg:bestand"),
        (marked("Controlegetal (SHA-256)"), "vg:sha256"),
    ),
    lists=(_concepts(marked("Profielen uit dit document"), "dct:source", "vg:Profiel"),),
    sourced=False,
)
PASSAGE = Layout(
    facts=((marked("Brondocument"), "vg:brondocument"), (marked("Bladzijde"), "vg:pagina")),
    lists=(ListOf(marked("Wat hiervan is gemaakt"), (Way("prov:wasDerivedFrom", True),), sourced=False, kinds=True),),
    under=Way("vg:brondocument"),
    sourced=False,
)
