"""XML and HTML, parsed without entities, without looking anything up, and no deeper than allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree

from vakgraaf.errors import UnreadableInput
from vakgraaf.ingest.readers.reading import Meter

Step = tuple[Literal["start", "end"], etree._Element]
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_xml(content: bytes, meter: Meter, part: str = "") -> etree._Element:
    """The root element of an XML document without a DTD. Raises `UnreadableInput`.

    A DTD is refused as such: no format that is read here needs one, and entities are how a small document becomes a
    large one, or reads files of the server.
    """
    where = f" ({part})" if part else ""
    declared = meter.refusal(
        f"de XML{where} heeft een DOCTYPE of eigen entiteiten; zulke XML wordt niet gelezen. Haal de regel met "
        "<!DOCTYPE …> weg.",
        f"the XML{where} has a DOCTYPE or entities of its own; such XML is not read. Remove the line with "
        "<!DOCTYPE …>.",
    )
    if _declares(content):
        raise declared
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _malformed(error, where, meter) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise declared
    return root


def parse_html(text: str, meter: Meter) -> etree._Element | None:
    """The root element of an HTML document, however untidy; None where it holds nothing. Raises `UnreadableInput`."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True)
    try:
        root = etree.fromstring(_XML_DECLARATION.sub("", text), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "empty" in str(error).lower():
            return None
        raise _malformed(error, "", meter) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        meter.depth(meter.limits.markup_depth + 1)
    return root


def steps(root: etree._Element, meter: Meter) -> Iterator[Step]:
    """Start and end of every element, in order. Raises `UnreadableInput` where they stand too deep in one another."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += 1
            meter.depth(depth)
        else:
            depth -= 1
        yield event, element


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _declares(content: bytes) -> bool:
    """True where a DTD is declared, in whatever encoding: the bytes of ASCII letters are the same but for zeros."""
    return _DECLARED.search(content.replace(b"\0", b"")) is not None


def _malformed(error: Exception, where: str, meter: Meter) -> UnreadableInput:
    if "depth" in str(error).lower():
        meter.depth(meter.limits.markup_depth + 1)
    line = getattr(error, "lineno", None)
    at_nl, at_en = (f" op regel {line}", f" at line {line}") if line else ("", "")
    return meter.refusal(
        f"de opmaak{where} is geen geldige XML{at_nl}; het bestand is beschadigd of onvolledig.",
        f"the markup{where} is not well-formed XML{at_en}; the file is damaged or incomplete.",
    )
