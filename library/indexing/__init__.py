"""Indexing: from files in the originals to photos in the database; `runner.index` is the door."""
