"""The words of every face of a report, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from vakgraaf.validation.report import SEVERITIES, Language, Report, Result, shortened

SEVERITY: Mapping[Language, Mapping[str, tuple[str, str]]] = {
    "nl": {
        "Violation": ("overtreding", "overtredingen"),
        "Warning": ("waarschuwing", "waarschuwingen"),
        "Info": ("tip", "tips"),
    },
    "en": {
        "Violation": ("violation", "violations"),
        "Warning": ("warning", "warnings"),
        "Info": ("tip", "tips"),
    },
}
WORDS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Toetsingsrapport",
        "fine": "Voldoet",
        "not fine": "Voldoet niet",
        "nothing": "niets aan te merken",
        "other": "overig",
        "elsewhere": "Buiten de onderdelen van het document",
        "problem": "Wat er mis is",
        "todo": "Wat te doen",
        "where": "Waar",
        "about": "Waarover",
        "rule": "Regel",
        "conforms": "Voldoet aan alle regels",
        "blocks": "Een overtreding houdt publicatie tegen, een waarschuwing vraagt om verbetering, een tip kan helpen.",
        "contents": "Onderdelen",
    },
    "en": {
        "title": "Validation report",
        "fine": "Conforms",
        "not fine": "Does not conform",
        "nothing": "nothing to remark",
        "other": "other",
        "elsewhere": "Outside the parts of the document",
        "problem": "What is wrong",
        "todo": "What to do",
        "where": "Where",
        "about": "About",
        "rule": "Rule",
        "conforms": "Conforms to all rules",
        "blocks": "A violation stops publication, a warning asks for an improvement, a tip may help.",
        "contents": "Parts",
    },
}


def severity_word(severity: str, language: Language) -> str:
    """ "overtreding", "tip"; a severity of one's own by its name."""
    known = SEVERITY[language].get(severity)
    return known[0] if known else shortened(severity)


def verdict(report: Report, language: Language) -> str:
    """ "Voldoet niet: 2 overtredingen, 1 tip."."""
    numbers = [(severity, report.count(severity)) for severity in SEVERITIES]
    said = [f"{number} {SEVERITY[language][severity][number != 1]}" for severity, number in numbers if number]
    other = len(report.results) - sum(number for _, number in numbers)
    if other:
        said.append(f"{other} {WORDS[language]['other']}")
    words = WORDS[language]
    return f"{words['fine' if report.conforms else 'not fine']}: {', '.join(said) or words['nothing']}."


def about(result: Result, language: Language) -> str:
    """What a result is about: its name and prefixed IRI; a blank node by name alone."""
    name = result.name(language)
    if result.focus.startswith("_:"):
        return name or {"nl": "iets zonder naam", "en": "something without a name"}[language]
    code = shortened(result.focus)
    return f"{name} ({code})" if name and code else name or code
