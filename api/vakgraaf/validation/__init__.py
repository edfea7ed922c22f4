"""The validation room: graphs held against shapes, the ontology held against logic. Judges, never changes."""

from __future__ import annotations

from vakgraaf.validation.report import Report, Result
from vakgraaf.validation.validate import validate

__all__ = ["Report", "Result", "validate"]
