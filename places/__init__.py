"""Cells and named places: knows the globe, and nothing of photos."""
