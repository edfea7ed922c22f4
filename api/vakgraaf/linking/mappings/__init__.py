"""Mappings: what is proposed, what was decided on it and by which role, and SSSOM in and out."""
