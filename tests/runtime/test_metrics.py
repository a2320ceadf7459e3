from prometheus_client import CollectorRegistry

from bot.runtime.metrics import Figure, counter, durations, gauge, gauges, text


def shown(figure: Figure) -> list[str]:
    class Figures:
        def collect(self) -> list[Figure]:
            return [figure]

    registry = CollectorRegistry()
    registry.register(Figures())
    return text(registry).splitlines()


def test_a_histogram_counts_each_time_in_every_bucket_that_holds_it() -> None:
    registry = CollectorRegistry()
    times = durations(registry, "took_seconds", "How long it took.")
    for seconds in (0.05, 0.1, 0.5, 7.0):
        times.observe(seconds)
    lines = text(registry).splitlines()
    assert lines[:2] == ["# HELP took_seconds How long it took.", "# TYPE took_seconds histogram"]
    for line in (
        'took_seconds_bucket{le="0.025"} 0.0',
        'took_seconds_bucket{le="0.1"} 2.0',
        'took_seconds_bucket{le="1.0"} 3.0',
        'took_seconds_bucket{le="3.0"} 3.0',
        'took_seconds_bucket{le="+Inf"} 4.0',
        "took_seconds_sum 7.65",
        "took_seconds_count 4.0",
    ):
        assert line in lines


def test_a_gauge_has_one_value_or_one_for_each_label() -> None:
    assert shown(gauge("ready", "Ready.", 1)) == [
        "# HELP ready Ready.",
        "# TYPE ready gauge",
        "ready 1.0",
    ]
    assert shown(gauges("deliveries", "All.", "state", {"due": 2, "sent": 30}))[2:] == [
        'deliveries{state="due"} 2.0',
        'deliveries{state="sent"} 30.0',
    ]


def test_what_only_grows_is_a_counter_and_called_so() -> None:
    assert shown(counter("removed", "Gone.", 3)) == [
        "# HELP removed_total Gone.",
        "# TYPE removed_total counter",
        "removed_total 3.0",
    ]


def test_an_instant_keeps_its_seconds() -> None:
    value = shown(gauge("last", "When.", 1_741_597_201.0))[-1].removeprefix("last ")
    assert float(value) == 1_741_597_201


def test_the_text_ends_its_last_line() -> None:
    assert text(CollectorRegistry()) == ""
    registry = CollectorRegistry()
    durations(registry, "took_seconds", "How long it took.")
    assert text(registry).endswith("\n")
