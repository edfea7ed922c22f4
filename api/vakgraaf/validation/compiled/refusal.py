"""What the compiler says where it cannot be certain to mean the same as the reference engine."""

from __future__ import annotations


class Refused(Exception):
    """This shape has something that is not expressed as a query; the reason is for who reads the log."""
