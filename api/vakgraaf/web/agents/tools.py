"""The tools: what each is called, what a language model is told of it, and what it does."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from vakgraaf.errors import NotReady, Overloaded, PlacedError, UnknownThing, VakgraafError
from vakgraaf.web.agents import arguments, asking, describing, judging, searching
from vakgraaf.web.agents.desk import Desk

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool; `answer` makes the text of its answer of what it was given and the name of the request."""

    name: str
    title: str
    text: str
    takes: type[arguments.Arguments]
    answer: Callable[[Desk, Any, str], Awaitable[str]]

    @property
    def schema(self) -> Told:
        """What it takes, as JSON Schema."""
        return self.takes.model_json_schema()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool said, and whether that is why it could not."""

    text: str
    failed: bool = False


async def use(desk: Desk, name: str, given: Told, ident: str = "") -> Outcome:
    """The outcome of a tool. Raises `UnknownThing` where there is none of that name.

    What goes wrong is told to the language model, in its language, so that it can do better.
    """
    tool = next((one for one in TOOLS if one.name == name), None)
    if tool is None:
        raise UnknownThing(f"Er is geen gereedschap {name!r}.", f"There is no tool {name!r}.")
    try:
        return Outcome(desk.fitting(await tool.answer(desk, arguments.understood(tool.takes, given), ident)))
    except VakgraafError as error:
        return Outcome(_failure(error, str(given.get("language", "nl"))), failed=True)


def _failure(error: VakgraafError, language: str) -> str:
    told: Told = {"error": type(error).__name__, "message": error.message(language)}
    if isinstance(error, PlacedError):
        told |= error.place
    if isinstance(error, (NotReady, Overloaded)):
        told["try_again"] = True
    return _written(told)


def _written(told: Told) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


async def _search(desk: Desk, asked: arguments.Sought, _: str) -> str:
    return _written(await searching.search(desk, asked))


async def _describe(desk: Desk, asked: arguments.Described, _: str) -> str:
    return _written(await describing.describe(desk, asked))


async def _validate(desk: Desk, asked: arguments.Judged, _: str) -> str:
    return _written(await judging.validate(desk, asked))


TOOLS = (
    Tool(
        "search",
        "Search the knowledge graph",
        "Full text over names, wordings and descriptions of everything in the graph: profiles, kerntaken,"
        " werkprocessen, skills, competences, qualifications, frameworks, sections. Begin here when you have words and"
        " no IRI. Answers JSON: total, pages, results (iri, label, class, the text it was found in, the profiles it is"
        " a part of), and narrow_by: classes, profiles and sectors with counts to choose from.",
        arguments.Sought,
        _search,
    ),
    Tool(
        "describe",
        "Describe one thing",
        "Everything stated or derived about one thing, with labels: facts (property, values), used_by (which properties"
        " point to it, how often), and sources: the document, the lines, the page and the literal text that it was"
        " taken from. Quote those when you state what a profile asks for. Answers JSON; what is cut says so.",
        arguments.Described,
        _describe,
    ),
    Tool(
        "query",
        "Ask a SPARQL query",
        "SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE over the whole graph, for reading only: updates are refused. The"
        " default graph is all named graphs together, derived statements included. Read the resources vakgraaf://prefixes,"
        " vakgraaf://guide and an example query first. There are limits on time, length and size of the answer, see"
        " vakgraaf://limits; end a query with ORDER BY and LIMIT. Answers the table or the graph as text.",
        arguments.Asked,
        asking.query,
    ),
    Tool(
        "validate",
        "Validate a document or RDF",
        "Judge the text of a profile or addendum, or RDF, by the SHACL shapes. Nothing of it is kept. Answers JSON:"
        " conforms, counts, and findings with severity (violation: it cannot be published; warning: it should be"
        " otherwise; info: a tip), the problem, what to do, the lines in the document and the rule.",
        arguments.Judged,
        _validate,
    ),
)
