"""From a document to a draft graph: read → lay out → extract → build. Knows nothing of stores or HTTP."""
