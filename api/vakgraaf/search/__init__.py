"""Full-text search: an index beside the data, made in a process of its own, and what is asked of it."""
