"""What the command line and the web both call: documents in, judged graphs out; checks; answers out."""

import logging

# Of each literal that does not fit its datatype rdflib logs a stack trace; a report says which it is, and where.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
