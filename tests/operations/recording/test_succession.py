"""Norfolk in progress, Suffolk blocked, one mayor from 1 May 2027: nothing that they said is lost."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from bot.domain.messages.home import HomePlace
from bot.domain.questions.account import Format
from bot.domain.questions.grammar.typed_commands import Letter, Map, Ref
from bot.domain.questions.grammar.typed_recordings import Progress
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.names import Body
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.details import Details, SaidBeforeTakingOver
from bot.domain.register.people import PersonKey, Role
from bot.domain.values import replace
from bot.importing.reading import read
from bot.operations.imports.imports import import_file
from bot.operations.questions import export, letter, listed_file
from bot.operations.questions.home import home
from bot.operations.questions.map import map as tile_map
from bot.operations.recording.add import choice_of_bodies
from bot.operations.recording.grant import bodies_to_grant
from bot.operations.recording.pass_on import pass_on
from bot.operations.recording.progress import progress
from bot.operations.register.then import RegisterAt
from bot.operations.request.name_book import read_names
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.home import home_tab
from bot.rendering.documents import letter as letter_documents
from bot.rendering.documents import sentences
from bot.rendering.documents.file import write
from bot.rendering.pictures import sentences as pictures
from bot.rendering.screen import Screen
from storage import addressees, people, recommendations, tallies
from tests.accounts import export_of
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, occasion, stalking_case
from tests.operations.endings import AFTER, EVE, LAST_DAY, MAYOR, both_have_spoken, ending, merger
from tests.operations.imports.test_imports import into
from tests.prove.trace import Typed, reply
from tests.storage.audit import audit

HEIR = "Norfolk and Suffolk Mayor"


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    both_have_spoken(made)
    yield made
    audit(database_url)
    made.store.database.close()


def shown(register: Register, text: str, who: PersonKey = CORA) -> Screen:
    screen = reply(register.services(), Typed(who, text, AFTER + timedelta(hours=1), f"asks {text} {who}"))
    assert isinstance(screen, Screen)
    return screen


def on_screen(register: Register, text: str, who: PersonKey = CORA) -> str:
    return str(shown(register, text, who).blocks)


def inside(path: Path) -> str:
    """Return all the text of a file, whatever it is packed in."""
    if not is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def stands(register: Register, code: str, number: str = "15") -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, f"stalking-{number}", code)
    assert addressee
    return addressee


@pytest.mark.parametrize("suffolk_first", [False, True])
def test_both_texts_are_with_the_mayor_and_the_least_counts_whatever_the_order(
    register: Register, *, suffolk_first: bool
) -> None:
    merger(register, suffolk_first=suffolk_first)
    assert pass_on(register.store, EVE) == 0
    assert pass_on(register.store, AFTER) == 6
    heir = stands(register, MAYOR.code)
    assert (heir.answer, heir.stage, heir.undecided) == (Answer.ACCEPTED, Stage.BLOCKED, (Duty.ACTION,))
    screen = on_screen(register, f"15 {HEIR}")
    for words in (
        "two ISACs start in April",
        "waits for the ministry",
        "Norfolk, until 30 Apr 2027",
        "differ",
    ):
        assert words in screen
    assert "Record in progress" in screen
    assert "Record blocked" in screen


def test_a_viewer_sees_what_each_said_without_the_texts_that_nobody_published(register: Register) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    screen = on_screen(register, f"15 {HEIR}", VIC)
    assert "Suffolk, until 30 Apr 2027: accepted since 22 Nov 2024; blocked since 10 Mar 2025" in screen
    assert "two ISACs" not in screen
    assert "Record " not in screen


def test_what_a_body_said_is_in_reach_after_its_end_and_who_stands_in_its_place(register: Register) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    text = f"it ended on 30 April 2027, and {HEIR} stands in its place"
    assert text in shown(register, "15 norfolk").text
    assert text in shown(register, "norfolk").text
    assert text in shown(register, "norfolk as at 1 May 2027").text
    assert "two ISACs" in on_screen(register, "15 norfolk")
    assert "two ISACs" in on_screen(register, "norfolk")
    assert "two ISACs" in on_screen(register, f"history 15 {HEIR}")
    assert "ended" not in shown(register, "15 norfolk as at 30 Apr 2027").text


def test_the_heirs_contact_reads_what_predecessors_said_in_the_history_too_and_others_do_not(
    register: Register,
) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    with register.store.begin() as connection:
        people.grant(connection, BOB, Role.CONTACT, MAYOR.code, NOW)
    for typed in (f"history 15 {HEIR}", f"history 15 {HEIR} since 1 Mar 2025"):
        assert "two ISACs" in on_screen(register, typed, BOB), typed
        of_others = on_screen(register, typed, ALICE)
        assert "in progress" in of_others, typed
        assert "two ISACs" not in of_others, typed


def test_only_bodies_that_exist_on_the_day_can_be_chosen_to_grant_and_to_address(register: Register) -> None:
    merger(register)
    for instant, slugs in ((EVE, {"norfolk", "suffolk"}), (AFTER, {MAYOR.slug})):
        request = occasion(CORA, instant)
        to_grant = {body.slug for body in bodies_to_grant(register.store, request)}
        _, to_address = choice_of_bodies(register.store, request, "stalking")
        for chosen in (to_grant, {body.slug for body in to_address}):
            assert chosen & {"norfolk", "suffolk", MAYOR.slug} == slugs


def test_all_recommendations_of_a_report_count_by_one_rule_and_the_sentence_explains_it(
    register: Register,
) -> None:
    register.says(CORA, "complete 16 norfolk: done")
    merger(register)
    pass_on(register.store, AFTER)
    for number in ("15", "16", "25"):
        sentence = shown(register, number).text
        assert (
            "42 of 42 accepted (43 accepted on 22 November 2024; 42 bodies now stand in their place)"
            in sentence
        )
    assert "43 accepted on 22 November 2024; 42 bodies now stand in their place." in on_screen(
        register, "stalking"
    )


def test_what_was_counted_stays_true_whatever_anybody_answers_later(register: Register) -> None:
    register.says(CORA, "decline 16 suffolk: no money")
    merger(register)
    pass_on(register.store, AFTER)
    register.says(CORA, "partly 16 kent: the joint review is under way", AFTER)
    now = shown(register, "16").text
    assert "40 of 42 accepted (43 accepted on 22 November 2024; 42 bodies now stand in their place)" in now, (
        now
    )
    assert "43 of 43 accepted" in shown(register, "16 as at 22 Nov 2024").text
    assert "  16: 43 accepted on 22 November 2024; 42 bodies" not in on_screen(register, "stalking")
    assert "  15: 43 accepted on 22 November 2024; 42 bodies" in on_screen(register, "stalking")


def test_changes_and_the_digest_say_who_stands_in_whose_place_now(register: Register) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    taken_over = f"{HEIR} stands in the place of Norfolk and Suffolk since 1 May 2027"
    everything = shown(register, "changes since 30 Apr 2027")
    assert everything.text == "2 bodies ended since Friday 30 April 2027."
    assert taken_over in str(everything.blocks)
    suffolks = on_screen(register, "changes suffolk since 30 Apr 2027")
    assert f"{HEIR} stands in the place of Suffolk since 1 May 2027" in suffolks
    assert taken_over in on_screen(register, "changes 16 since 30 Apr 2027")
    assert "nothing has changed" in on_screen(register, "changes kent since 30 Apr 2027")
    assert shown(register, "changes since 1 Mar 2025").text.endswith("; 2 bodies ended.")
    assert taken_over in on_screen(register, "digest preview")


@pytest.mark.parametrize("day", ["22 Nov 2024", "30 Apr 2027"])
def test_an_earlier_day_says_what_it_said_before_the_plan(register: Register, day: str) -> None:
    texts = [f"{number} as at {day}" for number in ("15", "16", "25", "27")]
    later = AFTER + timedelta(hours=1)
    before = [reply(register.services(), Typed(CORA, text, later, f"before {text}")) for text in texts]
    merger(register)
    pass_on(register.store, AFTER)
    for text, screen in zip(texts, before, strict=True):
        assert isinstance(screen, Screen)
        assert shown(register, text).text == screen.text


def test_once_the_mayor_says_how_it_stands_that_counts_and_both_texts_stay(register: Register) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    later = AFTER + timedelta(minutes=5)
    register.says(CORA, f"progress 15 {HEIR} in progress: three ISACs", later)
    assert stands(register, MAYOR.code).undecided == ()
    assert stands(register, MAYOR.code).stage is Stage.IN_PROGRESS
    screen = on_screen(register, f"15 {HEIR}")
    assert "differ" not in screen
    assert "waits for the ministry" in screen
    register.says(CORA, "undo", later + timedelta(minutes=1))
    assert stands(register, MAYOR.code).undecided == (Duty.ACTION,)


def test_an_extension_and_the_day_of_the_answer_go_with_the_duty(register: Register) -> None:
    typed = "extend 15 norfolk 30 Jun 2025: the provider needs longer"
    assert reply(register.services(), Typed(CORA, typed, NOW, "extends"))
    into(register, ending(register, "norfolk"), replace(MAYOR, place=replace(MAYOR.place, row=2)))
    pass_on(register.store, AFTER)
    norfolk, heir = stands(register, register.body("norfolk").code), stands(register, MAYOR.code)
    assert heir.due_on == date(2025, 6, 30)
    assert (heir.response_seq, heir.progress_seq) == (norfolk.response_seq, norfolk.progress_seq)
    with register.store.reading() as connection:
        then = RegisterAt(connection, LAST_DAY + timedelta(days=1))
        (row,) = then.with_bodies(["stalking-15"], [MAYOR.code])
        assert then.facts([row])[row.key].answer_since == date(2024, 11, 22)


def test_an_end_that_is_recorded_late_overstates_nothing_on_any_day_between(register: Register) -> None:
    """What Norfolk recorded after its end counts from the day on which it was recorded."""
    register.says(CORA, "complete 15 norfolk: done")
    gone = date(2025, 3, 1)
    mayor = replace(MAYOR, place=replace(MAYOR.place, row=2), first_day=date(2025, 3, 2))
    into(register, ending(register, "norfolk", last_day=gone), mayor)
    with register.store.reading() as connection:
        fifteen = recommendations.get(connection, "stalking-15")
        assert fifteen
        for day, stage in ((date(2025, 3, 9), Stage.NOT_STARTED), (date(2025, 3, 10), Stage.COMPLETE)):
            rows = {row.body_code: row for row in RegisterAt(connection, day).addressees(fifteen)}
            assert len(rows) == 43
            assert rows[MAYOR.code].stage is stage
        assert tallies.of(connection, ["stalking-15"])["stalking-15"].addressed == 43


def test_where_one_declined_and_another_still_has_to_act_no_answer_counts(register: Register) -> None:
    register.says(CORA, "decline 15 suffolk: not needed")
    merger(register)
    pass_on(register.store, AFTER)
    heir = stands(register, MAYOR.code)
    assert (heir.answer, heir.undecided) == (Answer.AWAITING, (Duty.RESPONSE, Duty.ACTION))
    assert "Record not accepted" in on_screen(register, f"15 {HEIR}")


def test_an_end_that_is_recorded_after_the_heirs_own_passes_through_it(register: Register) -> None:
    """What passes to a body that had ended passes on to whoever stands in its place, and is counted there."""
    register.says(CORA, "decline 15 suffolk: not needed")
    mayor = replace(MAYOR, place=replace(MAYOR.place, row=2), first_day=date(2025, 3, 2))
    into(register, ending(register, "suffolk", last_day=date(2025, 3, 1)), mayor)
    # Nobody is counted as not accepting any more.
    register.says(CORA, f"accept 15 {HEIR}", NOW + timedelta(hours=1))
    suffolk = register.body("suffolk").code
    late = ending(register, "norfolk", heir=suffolk, last_day=date(2025, 2, 1))
    into(register, late, digest="later", instant=NOW + timedelta(hours=2))
    assert stands(register, register.body("norfolk").code).passed_to == suffolk
    assert not stands(register, suffolk).live
    with register.store.reading() as connection:
        tally = tallies.of(connection, ["stalking-15"])["stalking-15"]
    assert (tally.addressed, sum(tally.answers.values())) == (42, 42)


@pytest.mark.parametrize("ending_of", ["docx", "xlsx", "ods", "csv", "json"])
def test_the_account_holds_both_texts_and_explains_the_number(
    register: Register, tmp_path: Path, ending_of: str
) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    later = AFTER + timedelta(hours=1)
    export_asked_for = export_of(register, f"export internal {ending_of}")
    path = tmp_path / f"account.{ending_of}"
    with export.opened(register.store, occasion(CORA, later), export_asked_for) as account:
        write(account, Format(ending_of), path)
    text = inside(path)
    for words in ("two ISACs start in April", "waits for the ministry", "until 30 Apr 2027"):
        assert words in text
    if ending_of == "docx":
        assert "43 accepted on 22 November 2024; 42 bodies now stand in their place" in text
        assert f"{HEIR} stands for Norfolk and Suffolk." in text


def test_the_account_of_an_heir_says_in_whose_place_it_stands(register: Register, tmp_path: Path) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    wanted = export_of(register, f"export 15 {HEIR} docx")
    with export.opened(register.store, occasion(CORA, AFTER), wanted) as account:
        write(account, Format.DOCX, tmp_path / "heir.docx")
    assert "progress: blocked. It stands in the place of Norfolk and Suffolk." in inside(
        tmp_path / "heir.docx"
    )


def test_the_letter_says_where_an_heirs_number_comes_from(register: Register, tmp_path: Path) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    command = register.read("letter stalking")
    assert isinstance(command, Letter)
    after = letter.letter(register.store, occasion(CORA, AFTER), command)
    letter_documents.write(after, tmp_path / "letter.docx")
    text = inside(tmp_path / "letter.docx")
    for sentence in (
        "All 42 policing bodies responded to recommendations 15, 16 and 25."
        " 43 policing bodies were asked; 42 now stand in their place.",
        "All 42 policing bodies accepted the recommendation"
        " (43 accepted on 22 November 2024; 42 bodies now stand in their place).",
        f"{HEIR} stands for Norfolk (until 30 Apr 2027): accepted on 22 Nov 2024; in progress on 10 Mar 2025",
    ):
        assert sentence in text
    assert "ISACs start" not in text
    day = replace(command, as_at=LAST_DAY)
    letter_documents.write(
        letter.letter(register.store, occasion(CORA, AFTER), day), tmp_path / "before.docx"
    )
    before = inside(tmp_path / "before.docx")
    assert "All 43 policing bodies accepted the recommendation." in before
    assert "stand in their place" not in before


def test_the_published_account_names_both_without_what_nobody_published(register: Register) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    export_asked_for = export_of(register, "export 15")
    with export.opened(
        register.store, occasion(VIC, AFTER + timedelta(hours=1)), export_asked_for
    ) as account:
        entries = [entry for chapter in account.chapters for entry in chapter.entries]
    (heir,) = (entry for entry in entries if entry.body.code == MAYOR.code)
    assert [predecessor.body.short_name for predecessor in heir.predecessors] == ["Norfolk", "Suffolk"]
    assert heir.response_on == date(2024, 11, 22)
    assert "ISACs" not in sentences.predecessors(heir)
    assert len(entries) == 42


@pytest.mark.parametrize(
    "text",
    ["overdue", "overdue east of england", "15 blocked", "15 16 blocked", "15 east of england", "blocked"],
)
def test_every_list_names_in_whose_place_an_heir_stands(register: Register, text: str) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    screen = on_screen(register, text)
    if text.startswith("overdue"):
        assert f"{HEIR} stands for Norfolk (in progress) and Suffolk (blocked)." in screen
    else:
        assert "Norfolk, until 30 Apr 2027: accepted since 22 Nov 2024; in progress since" in screen
        assert "Suffolk, until 30 Apr 2027: accepted since 22 Nov 2024; blocked since" in screen
    assert "stands for" not in on_screen(register, f"{text} as at 30 Apr 2027")


def test_a_list_by_answer_names_in_whose_place_an_heir_stands(register: Register) -> None:
    register.says(CORA, "partly 16 norfolk: the joint review is under way")
    merger(register)
    pass_on(register.store, AFTER)
    assert "Norfolk, until 30 Apr 2027: accepted in part since" in on_screen(register, "16 accepted in part")


@pytest.mark.parametrize("text", ["15 blocked", "15 not complete", "15 percent", "15 by region"])
def test_a_count_of_one_recommendation_says_of_whom_it_is(register: Register, text: str) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    sentence = "43 accepted on 22 November 2024; 42 bodies now stand in their place."
    assert sentence in on_screen(register, text)
    assert sentence not in on_screen(register, f"{text} as at 30 Apr 2027")


def test_a_list_as_a_file_holds_what_predecessors_said(register: Register, tmp_path: Path) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    with register.store.reading() as connection:
        question = read_question("15 blocked", read_names(connection), AFTER.date())
    assert question is not None
    with listed_file.opened(register.store, occasion(CORA, AFTER), question) as account:
        write(account, Format.CSV, tmp_path / "list.csv")
    text = inside(tmp_path / "list.csv")
    assert "Norfolk (until 30 Apr 2027): accepted on 22 Nov 2024; in progress on 10 Mar 2025" in text
    assert "Suffolk (until 30 Apr 2027): accepted on 22 Nov 2024; blocked on 10 Mar 2025" in text


def test_a_map_says_in_whose_place_its_bodies_stand(register: Register) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    drawn = tile_map(register.store, occasion(VIC, AFTER + timedelta(hours=1)), Map(Ref("stalking", "15")))
    assert f"{HEIR} for Norfolk and Suffolk" in pictures.alt_text(drawn)
    assert len(drawn.tiles) == 42


def test_an_exported_file_imported_again_changes_nothing_after_a_merger(
    register: Register, tmp_path: Path
) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    later = AFTER + timedelta(hours=1)
    path = tmp_path / "account.csv"
    with export.opened(
        register.store, occasion(CORA, later), export_of(register, "export internal csv")
    ) as account:
        write(account, Format.CSV, path)
    imported = import_file(register.store, read(path), later)
    assert imported.effects == ()


def test_nothing_is_said_from_a_day_before_it_took_over(register: Register) -> None:
    """It would stand for what the predecessors said since."""
    merger(register)
    pass_on(register.store, AFTER)
    command = Progress(
        Stage.COMPLETE,
        (Ref("stalking", "15"),),
        Body(MAYOR.code, MAYOR.slug, MAYOR.short_name),
        "all is done",
        details=Details(decided_on=date(2027, 4, 1)),
    )
    with pytest.raises(SaidBeforeTakingOver):
        progress(register.store, occasion(CORA, AFTER), command)


def test_a_coordinators_home_asks_how_the_successor_stands(register: Register) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    shown_home = home(register.store, occasion(CORA, AFTER), HomePlace(), NO_DIGEST)
    assert shown_home.coordinator
    (row,) = shown_home.coordinator.differing
    assert (row.addressee.body_code, row.recommendation.id) == (MAYOR.code, "stalking-15")
    view = str(home_tab.home(shown_home))
    assert "Predecessors differ" in view
    assert "Record in progress" in view
    register.says(CORA, f"progress 15 {HEIR} in progress: three ISACs", AFTER)
    again = home(register.store, occasion(CORA, AFTER + timedelta(minutes=1)), HomePlace(), NO_DIGEST)
    assert again.coordinator
    assert again.coordinator.differing == ()
