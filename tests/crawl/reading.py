"""Pages read as strictly as the standard has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5rdf

XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Page:
    """What a crawler needs of one page: where it leads, and its anchors."""

    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)


def parsed(text: str) -> Element:
    """The tree of a page; any error of syntax in it raises `html5rdf.html5parser.ParseError`."""
    tree: Element = html5rdf.HTMLParser(strict=True).parse(text)
    return tree


def read(tree: Element) -> Page:
    """The page of a tree; an AssertionError where it is well-formed but not as a page of ours should be."""
    page = Page()
    ids: list[str] = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if "id" in element.attrib:
            ids.append(element.attrib["id"])
        for name in ("href", "src", "action"):
            if name in element.attrib and element.tag.rpartition("}")[2] not in ("form",):
                page.links.append(element.attrib[name])
        assert not any(name.startswith("on") or name == "style" for name in element.attrib), element.attrib
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})
    assert len(list(tree.iter(f"{XHTML}h1"))) == 1
    assert next(e.text for e in tree.iter(f"{XHTML}title"))
    page.anchors = set(ids)
    return page
