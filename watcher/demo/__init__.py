"""The demo: the real daemon on news of its own, served from this machine."""

from watcher.demo.run import run

__all__ = ["run"]
