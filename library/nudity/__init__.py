"""Nudity in pictures: two models, which have to agree."""
