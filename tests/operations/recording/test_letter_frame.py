"""The frame of a letter: coordinators keep it in versions, and nobody writes over what they have not seen."""

import pytest

from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.refusals.request import CannotSee, NotACoordinator
from bot.domain.register.guard import MayIdentify
from bot.domain.register.letter_frame import FrameChangedSince, FrameTexts
from bot.domain.register.people import PersonKey
from bot.operations.recording.letter_frame import frame, save_frame
from tests.cast import ALICE, CORA, GUS, VIC, Register, occasion
from tests.storage.audit import audit

FIRST = FrameTexts(
    addressees="Rachel Watson\nDirector General", opening="You wrote to us.", signatory="Emily Spurrell"
)
SECOND = FrameTexts(addressees=FIRST.addressees, opening="On 24 September you wrote to us.", signatory="")


def test_each_saving_is_a_version_and_the_history_keeps_every_text(
    register: Register, database_url: str
) -> None:
    assert frame(register.store, occasion(CORA), "stalking")[1].version == 0
    save_frame(register.store, occasion(CORA), "stalking", FIRST, seen_version=0)
    saved = save_frame(register.store, occasion(CORA), "stalking", SECOND, seen_version=1)
    assert (saved.texts, saved.version, saved.saved_by) == (SECOND, 2, "Cora Lane")
    assert frame(register.store, occasion(CORA), "stalking")[1] == saved
    texts = [row["text"] for row in audit(database_url) if row["kind"] == "letter frame saved"]
    assert texts == [FIRST.addressees, FIRST.opening, FIRST.signatory, SECOND.opening, ""]


def test_what_is_the_same_is_not_written_again(register: Register, database_url: str) -> None:
    save_frame(register.store, occasion(CORA), "stalking", FIRST, seen_version=0)
    before = len(audit(database_url))
    assert save_frame(register.store, occasion(CORA), "stalking", FIRST, seen_version=1).version == 1
    assert len(audit(database_url)) == before


def test_the_same_request_again_writes_nothing(register: Register, database_url: str) -> None:
    for _ in range(2):
        saved = save_frame(register.store, occasion(CORA, key="sent"), "stalking", FIRST, seen_version=0)
        assert saved.version == 1
    assert sum(row["kind"] == "letter frame saved" for row in audit(database_url)) == 3


def test_nobody_writes_over_what_they_have_not_seen(register: Register) -> None:
    save_frame(register.store, occasion(CORA), "stalking", FIRST, seen_version=0)
    with pytest.raises(FrameChangedSince) as problem:
        save_frame(register.store, occasion(CORA), "stalking", SECOND, seen_version=0)
    assert problem.value.now.texts == FIRST


def test_a_text_that_may_identify_a_victim_is_asked_about_and_not_saved(register: Register) -> None:
    texts = FrameTexts(opening="The victim is Jane Penhallow of 12 Acacia Avenue, DY1 4AB.")
    with pytest.raises(MayIdentify):
        save_frame(register.store, occasion(CORA), "stalking", texts, seen_version=0)
    assert frame(register.store, occasion(CORA), "stalking")[1].version == 0
    save_frame(register.store, occasion(CORA), "stalking", texts, seen_version=0, no_victim=True)


@pytest.mark.parametrize(
    ("who", "refusal"), [(ALICE, NotACoordinator), (VIC, NotACoordinator), (GUS, CannotSee)]
)
def test_only_coordinators_see_and_keep_it(
    register: Register, who: PersonKey, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        frame(register.store, occasion(who), "stalking")
    with pytest.raises(refusal):
        save_frame(register.store, occasion(who), "stalking", FIRST, seen_version=0)


def test_there_is_no_letter_about_no_report(register: Register) -> None:
    with pytest.raises(UnknownRecommendation):
        save_frame(register.store, occasion(CORA), "fraud", FIRST, seen_version=0)
