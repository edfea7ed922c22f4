"""The report for code scanning and editors: SARIF 2.1.0 (OASIS)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from vakgraaf.rdf.iris import BASE
from vakgraaf.validation.report import Language, Place, Report, Result, shortened
from vakgraaf.validation.reports.words import WORDS, about

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = BASE.rstrip("/")
_LEVELS: Mapping[str, str] = {"Violation": "error", "Warning": "warning", "Info": "note"}


def render_sarif(report: Report, language: Language = "nl") -> str:
    """One run, with a rule for each shape that has something to say."""
    rules: dict[str, dict[str, Any]] = {}
    for result in report.results:
        rules.setdefault(result.source_shape, _rule(result, language))
    places = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "Vakgraaf", "informationUri": _HOME, "rules": list(rules.values())}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, places[result.source_shape], language) for result in report.results],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _level(severity: str) -> str:
    return _LEVELS.get(severity, "error")


def _rule(result: Result, language: Language) -> dict[str, Any]:
    """reportingDescriptor (SARIF §3.49)."""
    todo = result.message(language)
    rule: dict[str, Any] = {
        "id": shortened(result.source_shape),
        "shortDescription": {"text": result.title(language) or shortened(result.source_shape)},
        "help": {"text": f"{todo} {result.source_shape}".strip()},
        "defaultConfiguration": {"level": _level(result.severity)},
    }
    if todo:
        rule["fullDescription"] = {"text": todo}
    if ":" in result.source_shape and not result.source_shape.startswith("_:"):
        rule["helpUri"] = result.source_shape
    return rule


def _result(result: Result, rule: int, language: Language) -> dict[str, Any]:
    """result (SARIF §3.27)."""
    words = WORDS[language]
    said = [result.problem(language), result.message(language)]
    message = f"{about(result, language)}: {' '.join(filter(None, said))}"
    logical = [{"fullyQualifiedName": result.part or words["elsewhere"], "name": about(result, language)}]
    physical = [{"physicalLocation": _location(place)} for place in result.lines]
    made: dict[str, Any] = {
        "ruleId": shortened(result.source_shape),
        "ruleIndex": rule,
        "level": _level(result.severity),
        "message": {"text": message},
        "locations": [{**(physical[0] if physical else {}), "logicalLocations": logical}],
    }
    if physical[1:]:
        made["relatedLocations"] = physical[1:]
    return made


def _location(place: Place) -> dict[str, Any]:
    """physicalLocation (SARIF §3.29); columns count from 1."""
    region: dict[str, Any] = {"startLine": place.first}
    if place.column is not None:
        region["startColumn"] = place.column
    if place.last != place.first:
        region["endLine"] = place.last
    if place.quote:
        region["snippet"] = {"text": place.quote}
    return {"artifactLocation": {"uri": quote(place.document)}, "region": region}
