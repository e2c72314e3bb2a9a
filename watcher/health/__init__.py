"""How the watcher is doing: what is known, a local address that tells it, a ping."""
