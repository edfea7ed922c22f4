"""SBB's qualification files: read from XML, and made into a graph."""
