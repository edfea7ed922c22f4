"""Load on one Vakgraaf server for minutes on end, with checks on what it answers and what it takes."""
