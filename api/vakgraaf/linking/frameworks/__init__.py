"""Qualification frameworks and their levels: from the EU's list and our own table to reference graphs."""

from __future__ import annotations

from vakgraaf.linking.frameworks.graphs import COMMENT, graphs
from vakgraaf.linking.frameworks.listing import Listed, listed
from vakgraaf.linking.frameworks.placing import Placed, place
from vakgraaf.linking.frameworks.table import Table, read_table

__all__ = ["COMMENT", "Listed", "Placed", "Table", "graphs", "listed", "place", "read_table"]
