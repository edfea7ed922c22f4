"""Linking profiles to what stands elsewhere: frameworks, qualifications, vocabularies. Works on values and RDF."""
