"""What the words of an article mean: people, organisations, units, roles, dates."""
