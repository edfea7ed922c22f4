"""HTTP and nothing else: requests in, answers out. FastAPI's types stop here."""
