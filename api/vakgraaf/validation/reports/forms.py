"""The one table of the forms in which a report is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vakgraaf.validation.report import Language, Report
from vakgraaf.validation.reports.as_html import render_html
from vakgraaf.validation.reports.as_json import render_json
from vakgraaf.validation.reports.as_junit import render_junit
from vakgraaf.validation.reports.as_sarif import render_sarif
from vakgraaf.validation.reports.as_text import render_text
from vakgraaf.validation.reports.as_turtle import render_turtle


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One form: its media type (text is UTF-8), its extension without a dot, and what writes it."""

    media_type: str
    extension: str
    renderer: Callable[[Report, Language], str]

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


REPORT_FORMATS: Mapping[str, ReportFormat] = {
    "text": ReportFormat("text/plain", "txt", render_text),
    "json": ReportFormat("application/json", "json", render_json),
    "html": ReportFormat("text/html", "html", render_html),
    "turtle": ReportFormat("text/turtle", "ttl", render_turtle),
    "sarif": ReportFormat("application/sarif+json", "sarif", render_sarif),
    "junit": ReportFormat("application/xml", "xml", render_junit),
}
"""Name → form; the names are the values of `--format` and `?format=`."""


def render(report: Report, form: str = "text", language: Language = "nl") -> str:
    """The report in one of `REPORT_FORMATS`: the same report and language give the same text.

    Raises `KeyError` for a form that is not in the table.
    """
    return REPORT_FORMATS[form].renderer(report, language)
