"""What would be done with a query, for who asks that with `explain`: as JSON, as text or as a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from vakgraaf.engine import CheckedQuery, Dataset, Explanation, Options
from vakgraaf.sparql.rewriting import RULES, Left
from vakgraaf.web.answers import answered
from vakgraaf.web.caching import engine_of
from vakgraaf.web.negotiation import choose, choose_language, names_type
from vakgraaf.web.pages import render
from vakgraaf.web.problems import not_acceptable

JSON, PLAIN, HTML = "application/json", "text/plain", "text/html"
FORMS: Mapping[str, str] = {"json": JSON, "text": PLAIN, "html": HTML}
"""The forms it comes in, by name and media type; the first is the default."""

_LEFT: Mapping[Left, tuple[str, str]] = {
    Left.UNKNOWN_DATA: (
        "Van deze gegevens zijn geen aantallen bekend; de vraag blijft zoals zij is.",
        "Nothing is known of how much there is of what; the query stays as it is.",
    ),
    Left.NOTHING_TO_GAIN: (
        "Met een andere volgorde is hier niets te winnen.",
        "There is nothing to be gained by another order.",
    ),
    Left.NOT_UNDERSTOOD: (
        "Er staat iets in waar de regels niet voor zijn gemaakt, zoals LATERAL, een tripelterm of een blanke knoop"
        " onder SELECT *; de vraag blijft zoals zij is.",
        "It has something in it that the rules were not made for, such as LATERAL, a triple term or a blank node under"
        " SELECT *; the query stays as it is.",
    ),
    Left.SWITCHED_OFF: (
        "Het herschrijven staat uit, in het verzoek (rewrite=off) of op deze server (VAKGRAAF_REWRITE).",
        "Rewriting is switched off, in the request (rewrite=off) or on this server (VAKGRAAF_REWRITE).",
    ),
    Left.FEDERATED: (
        "Wat achter SERVICE staat wordt eerst aan die servers gevraagd; hun antwoorden komen als VALUES in de vraag.",
        "What follows SERVICE is asked of those servers first; their answers are put into the query as VALUES.",
    ),
    Left.ELSEWHERE: (
        "De vraag gaat zoals zij is naar de server die de gegevens heeft.",
        "The query goes as it is to the server that has the data.",
    ),
}


class Remark(NamedTuple):
    """Something to know of a query, under its heading."""

    heading: str
    sentences: tuple[str, ...]


async def explained(
    request: Request, query: CheckedQuery, dataset: Dataset, options: Options, formats: tuple[str, ...]
) -> Response:
    """The answer. Raises `HttpProblem` 406, and what `Engine.explain` raises."""
    media_type = _media_type(request.headers.get("accept"), formats)
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    found = await answered(request, engine_of(request).explain(query, dataset, options))
    headers = {"vary": "Accept, Accept-Language", "cache-control": "no-store", "content-language": language}
    union: bool = request.app.state.union
    if media_type == JSON:
        return JSONResponse(_data(found, language, union=union), headers=headers)
    remarks = _remarks(found, language, union=union)
    if media_type == HTML:
        return render(request, "explained.html", language, headers, it=found, remarks=remarks)
    return PlainTextResponse(_text(found, remarks, language), headers=headers)


def _media_type(accept: str | None, formats: tuple[str, ...]) -> str:
    """As with answers: a type that is named counts, then a parameter, then the rest of the header."""
    offers = list(FORMS.values())
    asked = next((FORMS[name] for name in formats if name in FORMS), None)
    if asked is not None and not names_type(accept, offers):
        return asked
    chosen = choose(accept, offers, JSON)
    if chosen is None:
        raise not_acceptable(offers)
    return chosen


def _data(found: Explanation, language: str, *, union: bool) -> dict[str, object]:
    estimate = None
    if found.rows is not None and found.seconds is not None:
        estimate = {"rows": round(found.rows), "seconds": float(f"{found.seconds:.3g}")}
    default: object = "union" if union else "unnamed"
    named: object = "all"
    if found.said_by != "server":
        default = None if found.dataset is None else found.dataset.default_graphs or ()
        named = None if found.dataset is None else found.dataset.named_graphs or ()
    return {
        "query": found.text,
        "asked": found.asked,
        "rules": [{"name": name, "text": _in(RULES[name], language)} for name in found.rules],
        "left": None if found.left is None else {"reason": found.left.value, "text": _in(_LEFT[found.left], language)},
        "estimate": estimate,
        "dataset": {"said_by": found.said_by, "default": default, "named": named},
        "begins": "slow" if found.slow else "quick",
    }


SCHEMA: Mapping[str, object] = {
    "type": "object",
    "description": "What would be done with a query.",
    "properties": {
        "query": {"type": "string", "description": "The query, laid out anew."},
        "asked": {"type": "string", "description": "What is evaluated in its place."},
        "rules": {
            "type": "array",
            "description": "The rules that made the one into the other.",
            "items": {"type": "object", "properties": {"name": {"enum": list(RULES)}, "text": {"type": "string"}}},
        },
        "left": {
            "type": ["object", "null"],
            "description": "Why no rule did anything.",
            "properties": {"reason": {"enum": [left.value for left in Left]}, "text": {"type": "string"}},
        },
        "estimate": {
            "type": ["object", "null"],
            "description": "What is expected of the join of the outermost group; null where nobody knows.",
            "properties": {"rows": {"type": "integer"}, "seconds": {"type": "number"}},
        },
        "dataset": {
            "type": "object",
            "description": "The graphs that are asked; null where they are named in a way that is not understood.",
            "properties": {"said_by": {"enum": ["request", "query", "server"]}, "default": {}, "named": {}},
        },
        "begins": {"enum": ["quick", "slow"], "description": "Among which queries it begins."},
    },
}
"""What `_data` makes, for OpenAPI."""


def _remarks(found: Explanation, language: str, *, union: bool) -> list[Remark]:
    """What there is to know beside the two texts, in sentences."""

    def t(nl: str, en: str) -> str:
        return en if language == "en" else nl

    rules = [f"{name}: {_in(RULES[name], language)}" for name in found.rules]
    rules += [_in(_LEFT[found.left], language)] if found.left is not None else []
    remarks = [Remark(t("Herschreven", "Rewritten"), tuple(rules))]
    if found.rows is not None and found.seconds is not None:
        rows, spent = f"{max(round(found.rows), 1)}", f"{found.seconds * 1000:.2g}"
        remarks.append(
            Remark(
                t("Naar schatting", "By estimate"),
                (
                    t(
                        f"De buitenste groep heeft zo'n {rows} oplossingen, in zo'n {spent.replace('.', ',')} ms.",
                        f"The outermost group has some {rows} solutions, in some {spent} ms.",
                    ),
                ),
            )
        )
    remarks.append(Remark(t("Grafen", "Graphs"), tuple(_graphs(found, language, union=union))))
    begins = t(
        "De vorige keer was zij niet meteen klaar: zij begint tussen de langere vragen.",
        "It was not done at once the last time: it begins among the longer queries.",
    )
    if not found.slow:
        begins = t("Zij begint tussen de snelle vragen.", "It begins among the quick queries.")
    return [*remarks, Remark(t("Plaats", "Place"), (begins,))]


def _graphs(found: Explanation, language: str, *, union: bool) -> list[str]:
    if found.said_by == "server":
        whole = ("Alle grafen samen.", "All graphs together.")
        return [_in(whole if union else ("De naamloze graaf.", "The unnamed graph."), language)]
    if found.dataset is None:
        return [_in(("De grafen die FROM noemt.", "The graphs that FROM names."), language)]
    lines = [f"<{graph}>" for graph in found.dataset.default_graphs or ()]
    return [*lines, *(f"GRAPH <{graph}>" for graph in found.dataset.named_graphs or ())]


def _text(found: Explanation, remarks: list[Remark], language: str) -> str:
    """Both texts, with everything else as comments: what it says can be asked as it is."""
    parts = [f"# {_in(('De vraag', 'The query'), language)}\n{found.text}\n"]
    for heading, sentences in remarks:
        parts.append("\n".join(f"# {heading}: {sentence}" for sentence in sentences))
    if found.asked != found.text:
        parts.append(f"\n# {_in(('Zo wordt zij gesteld', 'How it is asked'), language)}\n{found.asked}")
    return "\n".join(parts) + "\n"


def _in(texts: tuple[str, str], language: str) -> str:
    return texts[language == "en"]
