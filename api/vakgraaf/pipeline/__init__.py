"""What the command line and the web both call: documents in, judged graphs out; checks; answers out."""
