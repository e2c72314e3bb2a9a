"""Scores what the reader says of annotated news: load, match, count."""
