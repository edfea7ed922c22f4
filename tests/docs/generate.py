"""Write the generated parts of docs/reference/ anew: `scripts/docs`, or with --check only say whether that is needed.

A page is written by hand; what stands between `<!-- generated: name -->` and `<!-- /generated -->` comes from the
function of that name in `PARTS`, which reads it from the code or the ontology.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef

from docs.wordings import wording
from vakgraaf import errors, web
from vakgraaf.__main__ import command_line
from vakgraaf.ingest import headings, kerntaken, outline
from vakgraaf.rdf.formats import FORMATS
from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.resources import folder
from vakgraaf.settings import Settings
from vakgraaf.settings_file import PATH, choices
from vakgraaf.web.parameters import QUERY_PARAMETERS
from vakgraaf.web.problems import STATUS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
EXAMPLE = REFERENCE.parent / "deploy" / "vakgraaf.toml"
_PART = re.compile(r"(<!-- generated: (\S+) -->\n).*?(<!-- /generated -->)", re.DOTALL)


def table(*rows: tuple[str, ...]) -> Iterator[str]:
    """A Markdown table; the first row is its head."""
    head, *body = rows
    for row in (head, ("---",) * len(head), *body):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


def commands() -> Iterator[str]:
    """Every command with its arguments and options, as the program itself describes them."""
    for name, command in every_command():
        yield from (f"### `{name}`", "", command.help, "")
        rows = [_parameter(parameter) for parameter in command.params]
        if rows:
            yield from table(("argument or option", "takes", "default", "what it does"), *rows)


def every_command() -> Iterator[tuple[str, Any]]:
    """Each command, also those within another, with what is typed to have it: `vakgraaf link`, `vakgraaf link list`."""
    return _named(typer.main.get_command(command_line()), "vakgraaf")


def _named(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        typed = f"{before} {name}"
        yield typed, command
        if hasattr(command, "commands"):
            yield from _named(command, typed)


def _parameter(parameter: Any) -> tuple[str, ...]:
    if parameter.param_type_name == "argument":
        named = parameter.metavar or parameter.name.upper()
        return f"`{named}{'…' if parameter.nargs != 1 else ''}`", "", "", parameter.help
    kind = parameter.type_descriptor.annotation
    choices = " or ".join(kind) if issubclass(kind, StrEnum) else _TAKES.get(kind, "text")
    takes = "" if parameter.is_flag else choices
    default = getattr(parameter.default, "value", parameter.default)
    shown = "" if default in (None, False) else str(default).lower()
    variable = f" Also `{parameter.envvar}`." if parameter.envvar else ""
    return f"`{parameter.opts[0]}`", takes, shown, (parameter.help or "") + variable


_TAKES = {int: "number", Path: "path"}


def settings() -> Iterator[str]:
    """Every setting: its variable, what it is, its default and its bounds."""
    group: Any = typer.main.get_command(command_line())
    options = {parameter.name: parameter.opts[0] for parameter in group.commands["serve"].params}
    for name, field in Settings.model_fields.items():
        default = _WORKED_OUT[name] if field.default_factory else f"`{field.default}`"
        bounds = (f"{word} {getattr(m, key)}" for m in field.metadata for key, word in _BOUNDS if hasattr(m, key))
        literal = get_origin(field.annotation) is Literal
        choices = [f"`{choice}`" for choice in get_args(field.annotation)] if literal else []
        option = f" On the command line: `serve {options[name]}`." if name in options else ""
        limits = "".join(f" {text}." for text in (", ".join(bounds), " or ".join(choices)) if text)
        yield from (f"### `VAKGRAAF_{name.upper()}`", "")
        yield from (f"{field.description} Default: {default}.{limits}{option}", "")


_WORKED_OUT = {
    "store": "a folder for this user, see below",
    "memory_budget_mb": "three fifths of the memory that the machine or the container has",
}
_BOUNDS = (("ge", "At least"), ("gt", "More than"), ("le", "at most"))


def example_of_settings() -> str:
    """A file with every setting, its description and its default, each a comment."""
    lines = [
        "# Settings of Vakgraaf, as in docs/reference/settings.md. Take the # away before what you want to change.",
        "# Give it with `vakgraaf serve --config FILE`, or name it in VAKGRAAF_CONFIG. Written by scripts/docs.",
        "",
    ]
    # First those of serving itself, then those of each part of it.
    for name, field in sorted(Settings.model_fields.items(), key=lambda item: item[0] not in Settings.__annotations__):
        if name == PATH:
            continue
        words = choices(field)
        text = f"{field.description}" + (f" One of: {', '.join(words)}." if words else "")
        default = "" if field.default is None or field.default_factory else field.default
        worked_out = f" Without it: {_WORKED_OUT[name]}." if field.default_factory else ""
        lines += textwrap.wrap(
            f"{text}{worked_out}".replace("\n", " "), 110, initial_indent="# ", subsequent_indent="# "
        )
        empty = field.default_factory or field.default is None
        lines += [f"{'# ' if empty else '#'}{name} = {_as_toml(default)}", ""]
    return "\n".join(lines)


def _as_toml(value: object) -> str:
    return json.dumps(getattr(value, "value", value), ensure_ascii=False)


def routes() -> Iterator[Any]:
    """The routes of every module of vakgraaf.web that has some."""
    for module in pkgutil.iter_modules(web.__path__, f"{web.__name__}."):
        yield from getattr(getattr(importlib.import_module(module.name), "router", None), "routes", ())


def addresses() -> Iterator[str]:
    """Every address with its methods and what its function says of itself."""
    methods: dict[tuple[str, str], set[str]] = {}
    for route in routes():
        text = (route.endpoint.__doc__ or "").split("\n")[0]
        methods.setdefault((f"`{route.path.replace(':path', '')}`", text), set()).update(route.methods)
    rows = [(address, ", ".join(sorted(known)), text) for (address, text), known in methods.items()]
    yield from table(("address", "methods", "what it does"), *sorted(rows))


def formats() -> Iterator[str]:
    """The one table of formats."""
    rows = [
        (f.title, f.kind, f"`{f.media_type}`", f"`.{f.extension}`", ", ".join(f"`{n}`" for n in f.names))
        for f in FORMATS
    ]
    yield from table(("format", "for", "media type", "extension", "names"), *rows)


def parameters() -> Iterator[str]:
    """The parameters of a query, those that mean the same on one line."""
    rows: dict[str, list[str]] = {}
    for parameter in QUERY_PARAMETERS:
        rows.setdefault(parameter.text, []).append(f"`{parameter.name}`")
    body = ((", ".join(names), text) for text, names in rows.items())
    yield from table(("parameter", "what it does"), *body, ("others", _LET_THROUGH))


_LET_THROUGH = "Let through without a word; clients send all sorts of things."


def problems() -> Iterator[str]:
    """Every class of error: when, and for those that are raised exit code and status."""
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.VakgraafError):
            yield from (f"### `{kind.__name__}`", "", (kind.__doc__ or "").split("\n")[0], "")
            if kind in STATUS:
                code = 1 if issubclass(kind, errors.NotConforming) else 2
                yield from (f"Exit code {code}, HTTP status {STATUS[kind]}.", "")


def terms() -> Iterator[str]:
    """Every term of the ontology, file by file, with its labels and definitions."""
    for path in sorted(folder("ontology").glob("*.ttl")):
        graph = Graph().parse(path, format="turtle")
        own = sorted({str(s) for s in graph.subjects(SKOS.definition) if str(s).startswith(VG)}, key=_classes_first)
        if own:
            about = path.read_text("utf-8").split("\n")[0].removeprefix("# ").split("; edited")[0]
            yield from (f"## {path.stem}", "", f"{about.rstrip('.')}.", "")
        for term in own:
            yield from _term(graph, URIRef(term))


def _classes_first(term: str) -> tuple[bool, str]:
    name = term.split("#")[1]
    return not name[0].isupper(), name


def _term(graph: Graph, term: URIRef) -> Iterator[str]:
    kinds = {OWL.Class: "class", OWL.ObjectProperty: "links things", OWL.DatatypeProperty: "holds a value"}
    kind = next((text for known, text in kinds.items() if (term, RDF.type, known) in graph), "annotation")
    yield from (f"### `{_short(term)}`", "")
    for language in ("nl", "en"):
        label, text = (_in(graph, term, predicate, language) for predicate in (RDFS.label, SKOS.definition))
        yield f"- **{label}** ({language}): {text}"
    facts = [kind]
    for predicate, word in ((RDFS.subClassOf, "narrower than"), (RDFS.subPropertyOf, "narrower than"), *_RELATIONS):
        named = sorted(_short(o) for o in graph.objects(term, predicate) if isinstance(o, URIRef))
        facts += [f"{word} {', '.join(f'`{name}`' for name in named)}"] if named else []
    facts += [f"for instance `{example}`" for example in sorted(map(str, graph.objects(term, SKOS.example)))[:1]]
    yield from (f"- {'; '.join(facts)}.", "")


_RELATIONS = ((OWL.inverseOf, "inverse of"), (DCTERMS.isReplacedBy, "replaced by"))


def _in(graph: Graph, term: URIRef, predicate: URIRef, language: str) -> str:
    return next(str(o) for o in graph.objects(term, predicate) if getattr(o, "language", None) == language)


def _short(term: URIRef) -> str:
    prefix, space = max(((p, s) for p, s in PREFIXES.items() if term.startswith(s)), key=lambda item: len(item[1]))
    return f"{prefix}:{term[len(space) :]}"


def chapters() -> Iterator[str]:
    """The titles of chapters and annexes that the reader knows."""
    yield from _titles(outline.CHAPTER_KINDS)


def sections() -> Iterator[str]:
    """The titles of sections that the reader knows, with the code that they get."""
    yield from _titles(headings.SOORTEN)


def side_headings() -> Iterator[str]:
    """Headings that stand beside their text."""
    rows = [("description of the occupation", wording(pattern)) for pattern in headings.BESCHRIJVING]
    rows += [("trends and innovations", wording(pattern)) for pattern in headings.TRENDS]
    yield from table(("in the section", "heading"), *rows)


def labels() -> Iterator[str]:
    """The labels inside a kerntaak or a group of taken."""
    rows = [(wording(pattern), state) for pattern, state in kerntaken.LABELS]
    yield from table(("label", "what follows it"), *rows)


def _titles(known: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield from table(("title", "read as"), *((wording(pattern), f"`{kind}`") for pattern, kind in known))


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        commands,
        settings,
        addresses,
        parameters,
        formats,
        problems,
        terms,
        chapters,
        sections,
        side_headings,
        labels,
    )
}


def renewed(page: str) -> str:
    """The text of a page with its generated parts as they should be now."""

    def part(found: re.Match[str]) -> str:
        lines = "\n".join(line.rstrip() for line in PARTS[found[2]]())
        return f"{found[1]}\n{lines.strip()}\n\n{found[3]}"

    return _PART.sub(part, page)


def main(check: bool) -> int:
    """Write what differs, or with `check` only name it; 1 where something was named."""
    stale = []
    for path in (*sorted(REFERENCE.glob("*.md")), EXAMPLE):
        text = path.read_text("utf-8") if path.exists() else ""
        if (new := example_of_settings() if path == EXAMPLE else renewed(text)) != text:
            stale.append(path.name)
            if not check:
                path.write_text(new, "utf-8")
    if check and stale:
        print(f"docs: {', '.join(stale)} out of step with the code; run scripts/docs.", file=sys.stderr)
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
