"""SPARQL as text: from tokens to a syntax tree, and from a query to one that the engine answers faster.

Pure Python, no store: what a query means to a store is for the engine.
"""
