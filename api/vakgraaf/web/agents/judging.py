"""The tool `validate`: judged by the same process, within the same limits, as at `/validate`."""

from __future__ import annotations

import json
from typing import Any

from vakgraaf.errors import InputError
from vakgraaf.pipeline.case import Case
from vakgraaf.pipeline.inputs import Input
from vakgraaf.web.agents.arguments import Judged
from vakgraaf.web.agents.desk import Desk

Told = dict[str, Any]

_MOST_FINDINGS = 100


async def validate(desk: Desk, asked: Judged) -> Told:
    """Whether it conforms, and the findings, the gravest first. Raises `InputError` and what `Trials.hear` raises."""
    content, most = asked.content.encode("utf-8", "replace"), desk.trials.limits.max_bytes
    if len(content) > most:
        raise InputError(
            f"Dit is te veel om in één keer te toetsen: hoogstens {most} bytes (VAKGRAAF_MAX_VALIDATE_BYTES).",
            f"This is too much to validate at once: at most {most} bytes (VAKGRAAF_MAX_VALIDATE_BYTES).",
        )
    given, pages = (Input(asked.name, content),), desk.trials.limits.pages
    case = Case(given, "json", asked.language, with_store=asked.with_store, pages=pages)
    report: Told = json.loads((await desk.trials.hear(case, desk.engine))["body"])
    findings = [_finding(result, asked.language) for result in report["results"]]
    told: Told = {"conforms": report["conforms"], "counts": report["counts"], "findings": findings[:_MOST_FINDINGS]}
    if len(findings) > _MOST_FINDINGS:
        told["not_shown"] = len(findings) - _MOST_FINDINGS
    return told


def _finding(result: Told, language: str) -> Told:
    """What a person who mends it needs: how grave, what, where, what to do, which rule."""
    told = {
        "severity": result["severity"],
        "what": _said(result["titles"], language),
        "problem": _said(result["problems"], language),
        "what_to_do": _said(result["messages"], language),
        "about": _said(result["names"], language) or result["label"],
        "focus": result["focus"],
        "path": result["path"],
        "value": result["value"],
        "lines": [{key: one[key] for key in _PLACE if one.get(key) is not None} for one in result["lines"][:3]],
        "rule": result["source_shape"],
    }
    return {key: value for key, value in told.items() if value}


_PLACE = ("document", "first", "last", "page", "column", "quote")


def _said(words: dict[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")
