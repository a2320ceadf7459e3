"""A table from a spreadsheet, pasted into `/recs import` or dropped as a file, looked over and recorded."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import openpyxl

from bot.standin.forms import Form
from bot.standin.people import Person
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE
from tests.journeys.test_extensions import message_to


class Hand:
    """Counts the clicks of a person who fills in forms."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.clicks = 0

    def sends(self, form: Form, shows: str) -> Form:
        """Press the button of the form, and wait until it shows these words."""
        self.clicks += 1
        form.submit()
        return self.person.wait_for_form(lambda changed: shows in changed.all_text)


def pasted(office: Office, table: str, holds: str = "Recognise it") -> Form:
    form = office.cora.opens_form("/recs import")
    form.fill({"Table": table, "What it holds": holds})
    return form


def test_86_contacts_come_from_one_paste_in_two_clicks(an_office: Office) -> None:
    slack = an_office.slack
    bodies = an_office.body_names()
    for n in range(86):
        slack.add_person(f"U1{n:03}", f"P{n} Q", kind="guest")
    table = "\n".join(f"p{n}@example.org\t{bodies[n % 43]}" for n in range(86))
    assert len(table) <= 3000
    hand = Hand(an_office.cora)
    form = pasted(an_office, table)

    look = hand.sends(form, "This would record 86 contacts. Nothing is recorded yet.")
    assert look.submit_label == "Record all"
    assert an_office.updates_of_kind("grant") == 0
    done = hand.sends(look, "Recorded: 86 contacts.")
    assert done.submit_label == ""
    assert hand.clicks == 2

    assert an_office.updates_of_kind("grant") == 86
    assert "P0 Q" in an_office.cora.types(f"/recs contacts {bodies[0]}").all_text
    slack.redeliver()
    assert an_office.updates_of_kind("grant") == 86


def test_what_is_wrong_is_told_with_its_row_and_nothing_is_recorded(an_office: Office) -> None:
    hand = Hand(an_office.cora)
    form = pasted(an_office, "Kim Hale,Kant\nsam@example.org,Surrey\nGus Reed,Essex")
    wrong = hand.sends(form, "2 things have to be put right first. Nothing was recorded.")
    assert "Row 1, body: There is no body “Kant”. Did you mean Kent?" in wrong.all_text
    assert "Row 2, user: Nobody in this workspace has this e-mail address." in wrong.all_text
    wrong.fill({"Table": "Kim Hale,Kent\nGus Reed,Essex"})
    look = hand.sends(wrong, "This would record 2 contacts.")
    assert "Kent, Kim Hale" in look.all_text


def test_what_was_changed_after_the_look_is_looked_at_again(an_office: Office) -> None:
    hand = Hand(an_office.cora)
    look = hand.sends(pasted(an_office, "Kim Hale,Kent", "Contacts"), "Kent, Kim Hale")
    look.fill({"Table": "Gus Reed,Kent"})
    again = hand.sends(look, "Kent, Gus Reed")
    assert "Nothing is recorded yet" in again.all_text

    an_office.cora.types("/recs grant @ed kent")
    changed = hand.sends(again, "The register has changed since you looked, so nothing was recorded.")
    hand.sends(changed, "Recorded: 1 contact.")


def test_only_a_coordinator_gets_the_form(an_office: Office) -> None:
    form = an_office.vic.opens_form("/recs import")
    assert form.submit_label == ""
    assert "coordinator" in form.all_text


def workbook(rows: Iterable[Sequence[str]], name: str = "recommendations") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def sixty_recommendations() -> bytes:
    heading = ("report", "number", "wording", "addressed_to", "due_on")
    rows = [("stalking", str(n), f"Review service {n}.", "all", "2025-09-30") for n in range(101, 161)]
    return workbook([heading, *rows])


def test_60_recommendations_come_from_one_file_in_one_click(an_office: Office) -> None:
    cora = an_office.cora
    look = cora.drops("report.xlsx", sixty_recommendations(), wait=PATIENCE)
    assert look is not None
    assert look.text == "report.xlsx: This would record 60 recommendations. Nothing is recorded yet."
    assert "stalking 101, to 43 bodies, due 30 Sep 2025: “Review service 101.”" in look.all_text
    assert an_office.updates_of_kind("recommendation added") == 4

    done = cora.clicks(look, "Record all", wait=PATIENCE)
    assert done is not None
    assert done.text == "report.xlsx: Recorded: 60 recommendations."
    assert done.buttons == []
    assert an_office.vic.types("/recs 160").text.startswith("Stalking 160: 0 of 43 accepted")

    # Pressed again, in the client of somebody who was slow to see it.
    again = cora.clicks(look, "Record all", wait=PATIENCE)
    assert again is not None
    assert "recorded already" in again.text
    assert an_office.updates_of_kind("recommendation added") == 64


def test_a_file_is_read_for_coordinators_alone_and_each_for_whoever_dropped_it(an_office: Office) -> None:
    refused = an_office.vic.drops("report.xlsx", sixty_recommendations())
    assert refused is not None
    assert refused.text == "Only coordinators can do this."
    assert "files.info" not in [call.method for call in an_office.slack.calls]

    an_office.cora.types("/recs grant @vic coordinator")
    look = an_office.cora.drops("report.xlsx", sixty_recommendations(), wait=PATIENCE)
    assert look is not None
    refusal = an_office.vic.clicks(look, "Record all", wait=PATIENCE)
    assert refusal is not None
    assert "Somebody else dropped this file." in refusal.all_text
    assert an_office.updates_of_kind("recommendation added") == 4


def test_a_file_that_cannot_be_taken_is_refused_with_why(an_office: Office) -> None:
    cora = an_office.cora
    wrong = cora.drops("contacts.csv", b"user,body\nKim Hale,Kant\n")
    assert wrong is not None
    assert "contacts.csv: 1 thing has to be put right first. Nothing was recorded." in wrong.text
    assert "Row 2, body: There is no body “Kant”. Did you mean Kent?" in wrong.all_text
    large = cora.drops("report.csv", b"x" * 2_000_001)
    assert large is not None
    assert "It is larger than 2 MB." in large.all_text
    broken = cora.drops("report.xlsx", b"no workbook")
    assert broken is not None
    assert "put right first" in broken.text
    # A picture beside a question is none of a coordinator's tables.
    answer = cora.drops("photo.png", b"png", "15")
    assert answer is not None
    assert answer.text.startswith("Stalking 15")

    an_office.slack.set_scopes({"commands", "chat:write", "users:read", "im:history"})
    unread = cora.drops("contacts.csv", b"user,body\nKim Hale,Kent\n")
    assert unread is not None
    assert "files:read" in unread.all_text


def test_the_register_may_change_between_the_look_and_the_record(an_office: Office) -> None:
    cora = an_office.cora
    look = cora.drops("contacts.csv", b"user,body\nKim Hale,Kent\n")
    assert look is not None
    cora.types("/recs grant @ed kent")
    changed = cora.clicks(look, "Record all", wait=PATIENCE)
    assert changed is not None
    assert "The register has changed since you looked, so nothing was recorded." in changed.text
    done = cora.clicks(changed, "Record all", wait=PATIENCE)
    assert done is not None
    assert "Recorded: 1 contact." in done.text


def test_a_return_form_that_was_filled_in_is_dropped_back(an_office: Office) -> None:
    cora = an_office.cora
    cora.types("/recs return kent")
    (file,) = message_to(an_office, "U0CORA", "Return form of Kent", wait=PATIENCE).files
    filled = filled_in(file.content, what_was_done="Two services start in April.", progress="in progress")
    look = cora.drops("kent came back.xlsx", filled, wait=PATIENCE)
    assert look is not None
    assert "This would record" in look.text
    done = cora.clicks(look, "Record all", wait=PATIENCE)
    assert done is not None
    assert "Recorded:" in done.text
    stands = cora.types("/recs 15 kent").all_text
    assert "in progress" in stands
    assert "Two services start in April." in stands


def filled_in(content: bytes, **cells: str) -> bytes:
    """The first row of a return form, as somebody fills it in."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book["Return"]
    columns = [str(cell.value).lower().replace(" ", "_") for cell in sheet[1]]
    for name, text in {**cells, "filled_in_by": "Kim Park, policy officer"}.items():
        sheet.cell(row=2, column=columns.index(name) + 1, value=text)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
