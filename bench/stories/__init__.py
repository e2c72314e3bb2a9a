"""Stories: news in plain words, what is told of it, and who sits where in the end."""
