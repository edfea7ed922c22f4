"""Shapes as queries: what can be said in SPARQL is asked of the whole graph at once, the rest is honestly refused."""

from __future__ import annotations
