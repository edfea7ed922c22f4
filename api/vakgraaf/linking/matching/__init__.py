"""Candidates for links: which things of two collections may correspond, how surely, and on what grounds."""
