"""The processes of search: `python -m vakgraaf.search make …` and `python -m vakgraaf.search answer …`."""

from __future__ import annotations

import sys


def main(what: str, *arguments: str) -> int:
    """Do it. 2 where the input of `make` was cut off."""
    # Each loads only what it needs: who makes an index knows no engine.
    if what == "make":
        from vakgraaf.search import making

        return making.main(*arguments)
    from vakgraaf.search import answering

    answering.main(*arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
