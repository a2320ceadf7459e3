"""What plain words are read against is kept, and made anew when recommendations come or end."""

from datetime import date

from bot.domain.questions.plain_words.cutting import pieces_in
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.surroundings import Surroundings
from bot.domain.register.adding import AddresseeScope, RecommendationEntry
from bot.operations.recording import add, withdraw
from bot.operations.request.name_book import read_names
from bot.operations.request.surroundings import SurroundingsBook
from tests.cast import ALICE, CORA, NOW, Register, occasion

TODAY = NOW.date()
THIRTY = RecommendationEntry(
    number="30",
    wording="Publish what is spent on advocates.",
    scope=AddresseeScope.WALES,
    respond_by=None,
    due_on=date(2025, 6, 30),
    parts="",
)


def read(register: Register, book: SurroundingsBook) -> Surroundings:
    with register.store.reading() as connection:
        return book.current(connection, read_names(connection), TODAY)


def numbers(around: Surroundings) -> list[str]:
    return [live.ref.number for live in around.live]


def test_they_are_kept_while_the_same_is_asked(register: Register) -> None:
    book = SurroundingsBook()
    first = read(register, book)
    register.says(ALICE, "complete 15: done")
    assert read(register, book).live is first.live
    assert numbers(first) == ["15", "16", "25", "27"]


def test_they_are_made_anew_when_a_recommendation_comes_or_ends(register: Register) -> None:
    book = SurroundingsBook()
    assert numbers(read(register, book)) == ["15", "16", "25", "27"]
    ended = register.read("withdraw 25 anyway: closed")
    withdraw.withdraw(register.store, occasion(CORA), ended)  # type: ignore[arg-type]
    assert numbers(read(register, book)) == ["15", "16", "27"]
    add.add_recommendation(register.store, occasion(CORA), "stalking", THIRTY)
    assert numbers(read(register, book)) == ["15", "16", "27", "30"]


def test_a_mention_of_recbot_is_no_person_meant(register: Register) -> None:
    def people_in(book: SurroundingsBook) -> list[str]:
        around = read(register, book)
        pieces = pieces_in("<@U0RECBOT> who has not started 15", around)
        return [piece.user_id for piece in pieces if piece.kind is PieceKind.PERSON]

    assert people_in(SurroundingsBook("U0RECBOT")) == []
    assert people_in(SurroundingsBook()) == ["U0RECBOT"]
