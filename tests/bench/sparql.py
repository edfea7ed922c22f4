"""`scripts/bench sparql`: Vakgraaf beside other SPARQL servers, in one run. Read the ratios, within one table."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from bench.asking import asking, questions
from bench.contest.fleet import ALL, fleet
from bench.exports import exports
from bench.registry import statements
from bench.small import small
from vakgraaf.pipeline.checks import example_queries, packaged_queries

SECTIONS = ("small", "exports", "examples", "questions")


def main() -> None:
    """Read the arguments, measure, print, and write the figures where asked."""
    asked = _arguments()
    result: dict[str, Any] = {"statements": asked.statements, "load_average": os.getloadavg()}
    print(f"{asked.statements} statements; load average {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="vakgraaf-bench-") as where:
        if "examples" in asked.sections:
            result["examples"] = _examples(Path(where, "packaged"), asked)
        if set(asked.sections) - {"examples"}:
            result |= _registry(Path(where, "registry"), asked)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench sparql", description=__doc__)
    names = [kind.name for kind in ALL]
    parser.add_argument("--statements", type=int, default=1_000_000, help="size of the registry (%(default)s)")
    parser.add_argument("--data", type=Path, help="N-Quads to use instead of a registry made for this")
    parser.add_argument("--quick", action="store_true", help="one short round of everything")
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=SECTIONS, help="what to measure")
    parser.add_argument("--servers", nargs="+", choices=names, default=names, help="whom to measure")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    return parser.parse_args()


def _examples(folder: Path, asked: argparse.Namespace) -> list[dict[str, Any]]:
    folder.mkdir()
    texts = {str(iri).rsplit("/", 1)[-1]: text for iri, text in example_queries(packaged_queries())}
    with fleet(folder, None, 0, asked.servers) as contestants:
        return asking("The example queries on the packaged data", contestants, texts, 1 if asked.quick else 5)


def _registry(folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    folder.mkdir()
    data = asked.data or folder / "registry.nq"
    if asked.data is None:
        with data.open("w", encoding="utf-8") as file:
            file.writelines(statements(asked.statements))
    result: dict[str, Any] = {}
    with fleet(folder, data, asked.statements, asked.servers) as contestants:
        if "small" in asked.sections:
            result["small"] = small(contestants, quick=asked.quick)
        if "exports" in asked.sections:
            result["exports"] = exports(contestants, quick=asked.quick)
        if "questions" in asked.sections:
            rounds = 1 if asked.quick else 3
            result["questions"] = asking("Questions on the registry", contestants, questions(), rounds)
    return result


if __name__ == "__main__":
    main()
