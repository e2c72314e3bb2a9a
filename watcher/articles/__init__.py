"""One article at a time: its page's text, what is read in it, and why."""
