"""The unit that systemd runs the watcher by."""
