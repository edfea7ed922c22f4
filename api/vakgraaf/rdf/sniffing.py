"""Which RDF format bytes are in, where a name does not tell or tells it wrong."""

from __future__ import annotations

import re

from vakgraaf.rdf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format

_START = 65_536
_RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_COMMENTS = re.compile(r"\A(?:\s+|#[^\n]*(?:\n|\Z))+")
_DIRECTIVE = re.compile(
    r"(?:@prefix\s+[^\s:]*:\s*<|@base\s+<|prefix\s+[^\s:]*:\s*<|base\s+<|@version\s|version\s+\")", re.I
)
_TERM = r"(?:<[^<>\"{}|^`\\\s]*>|_:[^\s<>\"]+)"
_LITERAL = r"\"(?:[^\"\\\n]|\\.)*\"(?:@[\w-]+|\^\^<[^<>\s]*>)?"
_LINE = re.compile(rf"{_TERM}\s*<[^<>\s]*>\s*(?:{_TERM}|{_LITERAL})\s*({_TERM})?\s*\.[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_STATEMENT = re.compile(rf"{_TERM}\s+(?:a|<[^<>\s]*>|[\w-]*:[\w.-]+)\s+\S")
_NAMED_GRAPH = re.compile(rf"(?:\A|[.}}>\s])(?:GRAPH\s+)?(?:{_TERM}|[\w-]*:[\w.-]*)\s*\{{", re.I)
_STRINGS = re.compile(r"\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.S)
_ROOT = re.compile(r"<(?:[\w.-]+:)?RDF[\s>]")


def sniff(content: bytes) -> Format | None:
    """The RDF format of `content` by how it begins, or None where it does not begin like RDF."""
    try:
        # A character may be cut in two where the start ends.
        text = content[:_START].decode("utf-8-sig", "strict" if len(content) <= _START else "ignore")
    except UnicodeDecodeError:
        return None
    text = text.lstrip()
    if text[:1] in ("{", "["):
        if re.search(r"\"@(?:context|graph|id|type)\"\s*:", text):
            return JSON_LD
        return TRIG if text[0] == "{" and re.search(r"[<:]", text) and not text[1:].lstrip().startswith('"') else None
    if _RDF_NAMESPACE in text and _ROOT.search(text) and text.startswith("<"):
        return RDF_XML
    text = _COMMENTS.sub("", text)
    if line := _LINE.match(text):
        return _of_lines(text, line)
    if _DIRECTIVE.match(text) or _STATEMENT.match(text) or re.match(rf"GRAPH\s+{_TERM}\s*\{{|{_TERM}\s*\{{", text):
        return TRIG if _NAMED_GRAPH.search(_STRINGS.sub('""', text)) else TURTLE
    return None


def _of_lines(text: str, first: re.Match[str]) -> Format:
    """N-Triples or N-Quads where the lines look like it, Turtle or TriG where another one does not."""
    lines = [line.strip() for line in text.split("\n")[:50]]
    lines = lines[:-1] if len(text) >= _START // 2 and len(lines) < 50 else lines
    found = [_LINE.match(line) for line in lines if line and not line.startswith("#")]
    if not all(found):
        return TRIG if _NAMED_GRAPH.search(_STRINGS.sub('""', text)) else TURTLE
    return N_QUADS if any(line[1] for line in (first, *filter(None, found))) else N_TRIPLES
