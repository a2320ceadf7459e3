"""Figures for whoever watches over recbot, as Prometheus reads them; no person is in any of them.

https://prometheus.io/docs/instrumenting/exposition_formats/"""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

Figure = GaugeMetricFamily | CounterMetricFamily

# In seconds; Slack waits for 3.
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0)


def durations(registry: CollectorRegistry, name: str, help_: str) -> Histogram:
    """Return a histogram of seconds in `registry`. Threads may observe at the same time."""
    return Histogram(name, help_, buckets=_BOUNDS, registry=registry)


def gauge(name: str, help_: str, value: float) -> GaugeMetricFamily:
    """Return a value as it stands at this moment."""
    return GaugeMetricFamily(name, help_, value=value)


def gauges(name: str, help_: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    """Return a value for each value of a label, as they stand at this moment."""
    family = GaugeMetricFamily(name, help_, labels=[label])
    for of_label, value in values.items():
        family.add_metric([of_label], value)
    return family


def counter(name: str, help_: str, value: float) -> CounterMetricFamily:
    """Return a count that only grows; Prometheus calls it `name` with `_total`."""
    return CounterMetricFamily(name, help_, value=value)


def text(registry: CollectorRegistry) -> str:
    return generate_latest(registry).decode()
