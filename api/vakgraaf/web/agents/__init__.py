"""What programs that work for a language model can ask, by the Model Context Protocol; for reading only."""
