"""The ledger of who holds which post, in SQLite. No network."""
