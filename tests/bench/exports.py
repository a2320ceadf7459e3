"""`python -m tests.bench.exports`: time and peak memory of an account of a large register, for each format,
with a short history and with a long one."""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.domain.register.transition import apply, drafted
from bot.domain.register.update import Draft, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.imports.example import load_example
from bot.operations.questions.export import opened_by_operator
from bot.rendering.documents import file
from storage import addressees, bodies, recommendations, schema
from storage.appending import Chain
from storage.database import FOR_LONG_WORK, Connection, Database
from storage.store import Store
from tests.bench.register import HOME, NOW

# What a body writes when it says how far it is.
_TEXT = "Two ISACs start in April, and the contract for the third is out to tender. " * 4


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.exports")
    parser.add_argument("--recommendations", type=int, default=300)
    parser.add_argument("--histories", type=int, nargs="*", default=[1, 10], help="updates of each addressee")
    parser.add_argument("--measure", nargs=2, metavar=("URL", "FORMAT"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        _measure(*arguments.measure)
        return
    print("updates each · format · seconds · MB at most · MB of file")
    for updates_each in arguments.histories:
        with tempfile.TemporaryDirectory(prefix="recbot-bench-") as folder:
            url = f"sqlite:///{Path(folder) / 'recbot.db'}"
            _fill(url, arguments.recommendations, updates_each)
            for format in Format:
                # Its own process, since the peak of one never goes down again.
                command = [sys.executable, "-m", "tests.bench.exports", "--measure", url, format]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                print(f"{updates_each} · {format} · {done.stdout.strip()}")


def _measure(url: str, format: str) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Database(url, FOR_LONG_WORK)) as database:
        path = Path(folder) / "account"
        began = time.perf_counter()
        request = Export(format=Format(format), form=Form.INTERNAL)
        with opened_by_operator(Store(database, HOME), NOW, request) as account:
            file.write(account, request.format, path)
        seconds = time.perf_counter() - began
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{seconds:.1f} · {most:.0f} · {path.stat().st_size / 1e6:.1f}")


def _fill(url: str, how_many: int, updates_each: int) -> None:
    """The shipped example, and as many recommendations beside it, each addressed to all bodies."""
    with closing(Database(url, FOR_LONG_WORK)) as database:
        schema.upgrade(database)
        store = Store(database, HOME)
        load_example(store, NOW)
        with store.begin() as connection:
            chain = Chain(connection)
            like = recommendations.get(connection, "stalking-15")
            assert like is not None
            for place in range(how_many - 3):
                recommendation = replace(
                    like, number=str(100 + place), kind=RecommendationKind.ADDRESSED, parts=()
                )
                _add(connection, chain, recommendation, updates_each)


def _add(connection: Connection, chain: Chain, recommendation: Recommendation, updates_each: int) -> None:
    recommendations.add(connection, recommendation)
    rows = []
    for body in bodies.everyone(connection):
        stands = Addressee(
            recommendation.id,
            body.code,
            body.short_name,
            answer=Answer.ACCEPTED,
            due_on=recommendation.due_on,
        )
        for number in range(updates_each):
            stands = _updated(chain, stands, Stage.IN_PROGRESS if number % 2 else Stage.BLOCKED)
        rows.append(stands)
    addressees.add(connection, rows)


def _updated(chain: Chain, before: Addressee, stage: Stage) -> Addressee:
    draft = Draft(
        kind=UpdateKind.PROGRESS,
        stands_from=NOW.date(),
        via=Via.SLACK,
        recommendation_id=before.recommendation_id,
        body_code=before.body_code,
        text=_TEXT,
    )
    return apply(before, chain.append(drafted(before, replace(before, stage=stage), draft), NOW))


if __name__ == "__main__":
    main()
