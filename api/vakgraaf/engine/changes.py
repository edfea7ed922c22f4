"""A change on its way to the process that makes it: one line of JSON, and what was sent as it is."""

from __future__ import annotations

import json

from vakgraaf.engine.interface import Change, Dataset, GraphChange, GraphRemoval, Replacing, Update
from vakgraaf.rdf.formats import FORMATS


def packed(change: Change) -> bytes:
    """`change` as bytes, for `unpacked`."""
    content = b""
    match change:
        case Update():
            dataset = change.dataset
            head = {"kind": "update", "default": dataset.default_graphs, "named": dataset.named_graphs}
            content = change.text.encode("utf-8", "surrogatepass")
        case GraphChange():
            head = {
                "kind": "graph",
                "graph": change.graph,
                "form": change.form.media_type,
                "replacing": change.replacing.value,
                "base": change.base,
            }
            content = change.content
        case GraphRemoval():
            head = {"kind": "removal", "graph": change.graph}
    return json.dumps(head).encode() + b"\n" + content


def told_of(change: Change) -> str:
    """The text of an update; of another change what it does to which graph, as a request for it begins."""
    match change:
        case Update():
            return change.text
        case GraphRemoval():
            return f"DELETE {_told_of(change.graph)}"
        case GraphChange():
            whole = change.form.kind == "dataset"
            about = f"({change.form.title})" if whole else _told_of(change.graph)
            return f"{change.replacing.value} {about}"


def _told_of(graph: str | None) -> str:
    return "DEFAULT" if graph is None else f"GRAPH <{graph}>"


def unpacked(data: bytes) -> Change:
    """The change that `packed` made these bytes of."""
    end = data.index(b"\n")
    head, content = json.loads(data[:end]), data[end + 1 :]
    if head["kind"] == "update":
        default, named = (None if iris is None else tuple(iris) for iris in (head["default"], head["named"]))
        return Update(content.decode("utf-8", "surrogatepass"), Dataset(default, named))
    if head["kind"] == "graph":
        form = next(f for f in FORMATS if f.media_type == head["form"])
        return GraphChange(head["graph"], content, form, Replacing(head["replacing"]), head["base"])
    return GraphRemoval(head["graph"])
