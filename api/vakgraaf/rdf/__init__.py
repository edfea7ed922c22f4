"""RDF as values: IRIs, prefixes, graph names, formats. Knows nothing of stores, documents or HTTP."""
