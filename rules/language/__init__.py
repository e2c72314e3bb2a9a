"""Text as language: clean, cut into sentences and tokens; words and their forms."""
