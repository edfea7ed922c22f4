"""The report for programs; its fields are described in `report.schema.json` beside this file."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from vakgraaf.validation.report import Language, Report, Result, counts

VERSION = "1.0"
"""Of the form. A field added raises the second number, anything else the first."""


def render_json(report: Report, _: Language = "nl") -> str:
    """Conforms, counts, parts and results, each text in every language it has; the same report gives the same text."""
    document = {
        "format": "vakgraaf-report",
        "version": VERSION,
        "conforms": report.conforms,
        "counts": counts(report.results),
        "parts": [part for part, _ in report.by_part() if part],
        "results": [_told(result) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _told(result: Result) -> dict[str, Any]:
    told = asdict(result)
    del told["node"]
    for name in ("titles", "problems", "messages", "names"):
        told[name] = dict(sorted(told[name].items()))
    return told
