"""What was filled in, as the text of an addendum: in the format that ingest reads (docs/reference/document-format).

The graph is then made from that text, along the one way that every document goes. So a draft has its passages like
any other, and its author may go on in the text or in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from rdflib import RDFS, SKOS, Literal

from vakgraaf.ingest.dutch import spoken_date
from vakgraaf.language.capitals import capitalised
from vakgraaf.pipeline.drafting.blueprint import ADDENDUM, Blank, Part
from vakgraaf.pipeline.drafting.rules import rule_of
from vakgraaf.rdf.iris import slug, thing
from vakgraaf.validation.shapes import packaged_context

# A text for each blank, and a list of the same for each part that there can be more of.
Filled = Mapping[str, Any]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"


@cache
def competences() -> Mapping[str, str]:
    """Letter → Dutch name of the competences in the packaged model."""
    known = packaged_context()
    found = {}
    for letter in _LETTERS:
        for label in known.objects(thing("competentie", "kbb", letter), SKOS.prefLabel):
            if isinstance(label, Literal) and label.language == "nl":
                found[letter] = str(label)
    return found


def example(part: Part = ADDENDUM) -> Filled:
    """One of everything, filled in with the examples of the blueprint."""
    return {
        **{blank.key: blank.example for blank in part.blanks},
        **{inner.key: [example(inner)] for inner in part.parts},
    }


def missing(filled: Filled, part: Part = ADDENDUM, at: str = "") -> Iterator[str]:
    """Where something has to be and nothing is: `taakgebied.0.naam`.

    Of a part that nothing was filled in of nothing is missing.
    """
    for blank in part.blanks:
        named = at == "" and blank.key == "naam"
        if not _said(filled, blank.key) and (named or rule_of(part.klasse, blank.about).required):
            yield at + blank.key
    for inner in part.parts:
        for number, one in enumerate(filled.get(inner.key, ())):
            if not is_empty(one):
                yield from missing(one, inner, f"{at}{inner.key}.{number}.")


def called(part: Part, blank: Blank, language: str) -> str:
    """What a blank is called, in `language` (nl or en): by the table, else by the shapes, else by the ontology."""
    named = {"nl": blank.nl, "en": blank.en}[language] or rule_of(part.klasse, blank.about).names.get(language)
    if named:
        return named
    labels = packaged_context().objects(blank.about, RDFS.label)
    return next((str(label) for label in labels if isinstance(label, Literal) and label.language == language), "")


def is_empty(filled: Filled) -> bool:
    """Whether nothing was filled in of a part, and of its parts."""
    return not any(
        value.strip() if isinstance(value, str) else not all(map(is_empty, value)) for value in filled.values()
    )


def file_name(filled: Filled) -> str:
    """The name that the document gets: `addendum-tuincoach-2026.txt`."""
    return f"{slug('addendum ' + _said(filled, 'naam') + ' ' + _said(filled, 'jaar'))}.txt"


def as_text(filled: Filled) -> str:
    """The document; ends with a newline. What was not filled in is not there."""
    return "\n".join(_lines(filled)) + "\n"


def _lines(filled: Filled) -> Iterator[str]:
    name = _said(filled, "naam")
    yield from ("1. Inleiding", "", "Inhoud en reikwijdte addendum")
    yield _scope(filled, name)
    yield from ("", "2. Algemene informatie beroepsuitoefening", "")
    for key, heading in (("typering", "Typering van het beroep"), ("complexiteit", "Complexiteit")):
        if _said(filled, key):
            yield from (heading, _said(filled, key), "")
    groups = _parts(filled, "taakgebied")
    yield from ("3. Taken", "")
    yield from _tasks(groups, name)
    yield from ("4. Vakkennis en vaardigheden", "")
    for group in groups:
        yield from (_said(group, "naam"), "")
        for key, heading in (("vakkennis", "Vakkennis"), ("vaardigheden", "Vaardigheden")):
            if items := _items(group, key):
                yield from (heading, *(f"- {item}" for item in items), "")
    yield from ("5. Competenties", "")
    names = competences()
    for demand in _parts(filled, "competentie"):
        letter = _said(demand, "competentie").upper()
        yield f"Competentie {letter}. {names.get(letter, '')}".rstrip()
        yield from (f"Toelichting {_said(demand, 'toelichting')}".rstrip(), "")
    yield from ("6. Validering en legitimering", "")
    for act in _parts(filled, "validering"):
        yield from (f"Het addendum is{_when(act)} gevalideerd door {_said(act, 'orgaan')}.", "")
    for act in _parts(filled, "legitimering"):
        body = _said(act, "orgaan")
        yield from (f"{capitalised(body)} heeft dit addendum gelegitimeerd{_when(act)}.", "")
    yield f"Addendum {name} 1"
    yield f"© Copyright {_said(filled, 'uitgever')} {_said(filled, 'jaar')}".rstrip()


def _scope(filled: Filled, name: str) -> str:
    supplements, branches = _items(filled, "vult-aan"), _items(filled, "branches")
    one = "het bestaande beroepscompetentieprofiel"
    kind = one if len(supplements) == 1 else "de bestaande beroepscompetentieprofielen"
    of = f"in aanvulling op {kind} {enumerated(supplements)}, " if supplements else ""
    where = f"voor de {'branche' if len(branches) == 1 else 'branches'} {enumerated(branches)} " if branches else ""
    return f"In dit addendum wordt, {of}de beroepsuitoefening van de {_in_text(name)} {where}beschreven."


def _when(act: Filled) -> str:
    return f" op {spoken_date(_said(act, 'datum'))}" if _said(act, "datum") else ""


def _tasks(groups: Sequence[Filled], name: str) -> Iterator[str]:
    numbered: list[tuple[Filled, int, Filled]] = []
    for group in groups:
        tasks = [(len(numbered) + place, task) for place, task in enumerate(_parts(group, "taak"), start=1)]
        numbered += [(group, number, task) for number, task in tasks]
    yield from ("3.1 Overzicht taken", "")
    for group in groups:
        yield _said(group, "naam")
        yield from (f"{number}. {_said(task, 'naam')}" for of, number, task in numbered if of is group)
        yield ""
    yield from ("3.2 Taken", "")
    for place, group in enumerate(groups, start=1):
        yield from (f"3.2.{place} {_said(group, 'naam')}", "")
        for of, number, task in numbered:
            if of is group:
                yield from (f"{number}. {_said(task, 'naam')}", _said(task, "omschrijving"), "")
                for extra in _parts(task, "aanvulling"):
                    where = f"Aanvullend geldt voor de {_in_text(name)} in de {_said(extra, 'branche')}"
                    yield from (f"{where}: {_said(extra, 'tekst')}", "")


def enumerated(names: Sequence[str]) -> str:
    """Names as in a sentence: "A, B en C"."""
    return " en ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _parts(filled: Filled, key: str) -> list[Filled]:
    return [one for one in filled.get(key, ()) if not is_empty(one)]


def _items(filled: Filled, key: str) -> list[str]:
    lines = str(filled.get(key, "")).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def _said(filled: Filled, key: str) -> str:
    """A text on one line: what an author breaks off by hand would be taken for a heading."""
    return " ".join(str(filled.get(key, "")).split())


def _in_text(name: str) -> str:
    """A name in the middle of a sentence: "Tuincoach" → "tuincoach"; an abbreviation stays as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
