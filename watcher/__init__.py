"""The moving parts: clock, network, processes, people. Exports nothing."""
