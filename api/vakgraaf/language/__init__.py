"""Dutch and English texts as words: folded, stemmed, compounds taken apart. Knows of no index and no graph."""
