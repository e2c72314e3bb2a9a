"""Text to claims. Pure: no network, database, process, logging or clock."""
