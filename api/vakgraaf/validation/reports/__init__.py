"""The faces of a report: one table of forms, one function that writes any of them."""

from __future__ import annotations

from vakgraaf.validation.reports.forms import REPORT_FORMATS, ReportFormat, render

__all__ = ["REPORT_FORMATS", "ReportFormat", "render"]
