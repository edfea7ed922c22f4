"""Vakgraaf: Dutch beroepscompetentieprofielen as a knowledge graph."""
