"""A new addendum, from what its author knows: what has to be filled in, and the document and the graph made of it."""
