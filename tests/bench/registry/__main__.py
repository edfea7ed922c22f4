"""`scripts/generate-registry`: write a made-up registry to a file."""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path

from bench.registry import statements


def main() -> None:
    """Read the arguments and write the file; a name that ends in .gz is compressed, `-` is standard output."""
    parser = argparse.ArgumentParser(prog="scripts/generate-registry", description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another registry (default: %(default)s)")
    parser.add_argument("--out", required=True, help="the file, or - for standard output")
    asked = parser.parse_args()
    lines = statements(asked.statements, asked.seed)
    if asked.out == "-":
        sys.stdout.writelines(lines)
    elif asked.out.endswith(".gz"):
        with gzip.open(asked.out, "wt", encoding="utf-8", compresslevel=3) as file:
            file.writelines(lines)
    else:
        with Path(asked.out).open("w", encoding="utf-8") as file:
            file.writelines(lines)


if __name__ == "__main__":
    main()
