"""Which IRI a term of a query stands for."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from vakgraaf.errors import QueryRefused
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.sparql.tree import Path, Prologue, Term, Tree

_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LOCAL_ESCAPE = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")


def prologue_text(tree: Tree) -> str:
    """The prefixes and the last BASE of a request, as they can stand before another query."""
    base = _base(tree)
    lines = [f"BASE <{base}>"] if base else []
    lines += [f"PREFIX {prefix}: <{iri}>" for prefix, iri in tree.request.prologue.prefixes.items()]
    return "\n".join(lines) + "\n"


def iri_of(term: Term, tree: Tree) -> str:
    """The IRI of a term that is an IRI or a prefixed name. Raises `QueryRefused` where there is no saying."""
    base = _base(tree)
    prologue: Prologue = tree.request.prologue
    if term.text.startswith("<"):
        iri = term.text[1:-1]
    else:
        prefix, _, local = term.text.partition(":")
        if prefix not in prologue.prefixes:
            raise QueryRefused(f"Het prefix {prefix}: is niet gedeclareerd.", f"Prefix {prefix}: is not declared.")
        iri = prologue.prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)
    iri = _CODEPOINT.sub(lambda match: chr(int(match[1] or match[2], 16)), iri)
    return urljoin(base, iri) if base else iri


def property_of(tree: Tree, path: Path) -> str:
    """The property that a path of one step is. Raises `QueryRefused`."""
    text = tree.text(path)
    return PREFIXES["rdf"] + "type" if text == "a" else iri_of(Term("iri", text), tree)


def _base(tree: Tree) -> str:
    if not tree.request.prologue.has_base:
        return ""
    tokens = tree.tokens
    places = [at + 1 for at, kind in enumerate(tokens.kinds[:-1]) if kind == "BASE" and tokens.kinds[at + 1] == "iri"]
    return tokens.at(places[-1])[1:-1] if places else ""
