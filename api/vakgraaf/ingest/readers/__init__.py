"""One reader for each kind of document: bytes in, the lines as a person sees them out."""
