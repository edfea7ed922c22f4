"""Mappings in the store: proposing, deciding, and SSSOM; what the command line and the web both call."""
