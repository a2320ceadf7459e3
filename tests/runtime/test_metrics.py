from bot.runtime.metrics import Gauge, Histogram, text


def test_a_histogram_counts_each_time_in_every_bucket_that_holds_it() -> None:
    times = Histogram(bounds=(0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        times.add(seconds)
    assert times.lines("took_seconds", "How long it took.") == [
        "# HELP took_seconds How long it took.",
        "# TYPE took_seconds histogram",
        'took_seconds_bucket{le="0.1"} 2',
        'took_seconds_bucket{le="1.0"} 3',
        'took_seconds_bucket{le="+Inf"} 4',
        "took_seconds_sum 7.650000",
        "took_seconds_count 4",
    ]


def test_a_gauge_has_one_value_or_one_for_each_label() -> None:
    assert Gauge("ready", "Ready.", 1).lines()[-1] == "ready 1"
    assert Gauge("deliveries", "All.", {"due": 2, "sent": 30}, label="state").lines()[2:] == [
        'deliveries{state="due"} 2',
        'deliveries{state="sent"} 30',
    ]


def test_an_instant_keeps_its_seconds() -> None:
    assert Gauge("last", "When.", 1_741_597_201.0).lines()[-1] == "last 1741597201"


def test_the_text_ends_its_last_line() -> None:
    assert text(["a", "b"]) == "a\nb\n"
