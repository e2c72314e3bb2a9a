"""The config: its keys, where it is found, what is wrong with it, what it comes to."""
