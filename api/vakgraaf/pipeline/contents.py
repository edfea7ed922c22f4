"""What touched graphs will hold, one after the other as N-Triples: what is judged, and where each graph is in it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Self

from vakgraaf.pipeline.targets import may_be_judged
from vakgraaf.validation.blocks import Content

_SUBJECT = re.compile(rb"^<[^>]*>", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Contents:
    """`whole` is all of it, in memory or in a file; `spans` is where each graph begins and ends in it."""

    whole: Content
    spans: Mapping[str | None, tuple[int, int]]

    @classmethod
    def of(cls, graphs: Mapping[str | None, bytes]) -> Self:
        """Graphs that are in memory."""
        spans, end = {}, 0
        for graph, content in graphs.items():
            spans[graph] = end, end + len(content)
            end += len(content)
        return cls(b"".join(graphs.values()), spans)

    def homes(self, focuses: Iterable[str]) -> dict[str, str | None]:
        """The first graph that says something of each thing, for those that any says something of."""
        left = {f"<{focus}>".encode(): focus for focus in focuses}
        found: dict[str, str | None] = {}
        for graph, (start, end) in self.spans.items():
            for subject in _SUBJECT.finditer(self.whole, start, end) if left else ():
                focus = left.pop(subject[0], None)
                if focus is not None:
                    found[focus] = graph
        return found


@contextmanager
def written(
    graphs: Iterable[str | None], write: Callable[[str | None, IO[bytes]], None], folder: Path
) -> Iterator[Contents]:
    """Those of the graphs that the shapes may speak of, as `write` writes them: in a file that is gone at the end."""
    with tempfile.TemporaryFile(dir=folder) as file:
        spans = {}
        for graph in graphs:
            start = file.tell()
            write(graph, file)
            file.flush()
            if file.tell() == start:
                continue
            with mmap(file.fileno(), 0, access=ACCESS_READ) as view:
                judged = may_be_judged(view, start)
            if judged:
                spans[graph] = start, file.tell()
            else:
                file.seek(start)
                file.truncate()
        if not spans:
            yield Contents(b"", {})
            return
        with mmap(file.fileno(), 0, access=ACCESS_READ) as whole:
            yield Contents(whole, spans)
