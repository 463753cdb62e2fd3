"""Near-duplicates: which photos show one picture, which of them to keep, and what becomes of the others."""
