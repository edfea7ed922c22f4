"""Another SPARQL server as the engine: the same questions, sent on; its answers, in the formats we offer."""
