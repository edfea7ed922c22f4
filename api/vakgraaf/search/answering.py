"""The processes that search: each has the index open and answers one question after the other.

The process of the web server holds no index: what is worked out here costs it nothing, and a process that takes too
long or dies is replaced. Questions and answers are Python's own (pickle), over a socket that nobody else has.
"""

from __future__ import annotations

import os
import pickle
import socket
from pathlib import Path

from vakgraaf.errors import QueryTimeout
from vakgraaf.search.answers import Found, Sought, Suggestion
from vakgraaf.search.index import Index
from vakgraaf.search.wire import packed, received

LATE = "late"
"""What is answered where time was up."""

Question = Sought | tuple[str, int]
"""A search, or the beginning of a name and how many names there may be."""
Answer = Found | list[Suggestion] | str
Facts = tuple[str, int]
"""What the index says of itself: the tag and the number of its data version. It is sent first."""


def main(path: str, timeout_s: str) -> None:
    """Answer until nobody asks any more."""
    os.nice(1)  # after who passes answers on
    with socket.socket(fileno=0) as link:
        index = Index(Path(path), float(timeout_s))
        link.sendall(packed(pickle.dumps((index.tag, index.version))))
        while data := received(link):
            link.sendall(packed(pickle.dumps(_answer(index, pickle.loads(data)))))


def _answer(index: Index, question: Question) -> Answer:
    try:
        if isinstance(question, Sought):
            return index.search(question)
        return index.suggest(*question)
    except QueryTimeout:
        return LATE
