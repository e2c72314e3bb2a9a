"""The state of health in Prometheus' text form. Pure but for the clock it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from watcher.health.vitals import Vitals


def exposition(vitals: Vitals, now: datetime) -> bytes:
    """Return all metrics as text; ages are in seconds, measured at *now*."""
    registry = CollectorRegistry()
    registry.register(_Metrics(vitals, now))
    return generate_latest(registry)


class _Metrics(Collector):
    def __init__(self, vitals: Vitals, now: datetime) -> None:
        self._vitals = vitals
        self._now = now

    def collect(self) -> Iterator[Metric]:
        known = self._vitals
        polls = CounterMetricFamily(
            "watcher_polls", "Polls of feeds since the start.", labels=["outcome"]
        )
        for outcome in ("ok", "failed", "gone"):
            polls.add_metric([outcome], known.polls[outcome])
        yield polls
        yield CounterMetricFamily("watcher_articles", "Articles read.", known.articles)
        yield CounterMetricFamily("watcher_changes", "Changes found.", known.changes)
        yield GaugeMetricFamily(
            "watcher_feeds_failing", "Feeds whose last poll failed.", known.failing
        )
        yield from self._deliveries()
        age = known.age()
        if age is not None:
            name, words = "watcher_heartbeat_age_seconds", "Time since the last beat."
            yield GaugeMetricFamily(name, words, age)

    def _deliveries(self) -> Iterator[Metric]:
        """Yield how deliveries stand, and how long the oldest has been waiting."""
        tally = self._vitals.tally
        family = GaugeMetricFamily(
            "watcher_deliveries", "Deliveries as they stand.", labels=["state"]
        )
        for state in ("pending", "delivered", "dead", "skipped"):
            family.add_metric([state], tally.states.get(state, 0))
        yield family
        oldest = tally.oldest_pending
        waiting = (self._now - oldest).total_seconds() if oldest else 0.0
        name = "watcher_oldest_undelivered_age_seconds"
        words = "How long the oldest delivery that is not done has been waiting."
        yield GaugeMetricFamily(name, words, max(0.0, waiting))
