"""The report as one HTML file: no script, nothing fetched, fit to print, light and dark."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from vakgraaf.validation.report import Language, Report, shortened
from vakgraaf.validation.reports.words import WORDS, about, severity_word, verdict

_HERE = Path(__file__).parent


@cache
def _template() -> Template:
    loader = FileSystemLoader(_HERE)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("report.html")


@cache
def _style() -> str:
    return (_HERE / "report.css").read_text("utf-8")


def render_html(report: Report, language: Language = "nl") -> str:
    """The report by part of the document. Its own content security policy allows its style sheet and nothing else."""
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return _template().render(
        report=report,
        parts=report.by_part(),
        language=language,
        words=WORDS[language],
        verdict=verdict(report, language),
        about=about,
        severity_word=severity_word,
        shortened=shortened,
        style=style,
        digest=digest,
    )
