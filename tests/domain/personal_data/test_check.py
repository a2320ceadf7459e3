"""The sentences are in files: one kind or several, and a sentence, in each line.

The rules were tuned on `sentences.tsv`. `held_back.tsv` was written after the first rules, which were not
changed for it; a sentence of it that showed a fault has moved to the others. `by_others.tsv` and the second
to the seventh reading were written before the rules were changed for them: docs/personal-data.md says what
was found in them at the first reading. `variants.tsv` are relatives of what these had shown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.personal_data.check import findings
from bot.domain.personal_data.kinds import Finding, Kind
from tests.domain.personal_data.pieces import PIECES, grows_with_the_text, is_told_once_and_as_written

HARMLESS = "harmless"
TUNED_ON = "sentences.tsv"
HELD_BACK = "held_back.tsv"


@dataclass(frozen=True)
class Sentence:
    kinds: frozenset[Kind]
    words: str


def sentences(file: str) -> Iterator[Sentence]:
    for line in (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines():
        kinds, words = line.split("\t")
        yield Sentence(frozenset(Kind(kind) for kind in kinds.split(", ") if kind != HARMLESS), words)


class Measure:
    """What the guard made of the sentences of one file, counted."""

    def __init__(self, file: str) -> None:
        self.labelled: Counter[Kind] = Counter()
        self.found: Counter[Kind] = Counter()
        self.found_wrongly: Counter[Kind] = Counter()
        self.harmless = 0
        self.false_alarms = 0
        self.surprises: list[str] = []
        for sentence in sentences(file):
            self._add(sentence, {finding.kind for finding in findings(sentence.words)})

    def _add(self, sentence: Sentence, kinds: set[Kind]) -> None:
        self.labelled.update(sentence.kinds)
        self.found.update(sentence.kinds & kinds)
        self.found_wrongly.update(kinds - sentence.kinds)
        self.harmless += not sentence.kinds
        self.false_alarms += not sentence.kinds and bool(kinds)
        if kinds != sentence.kinds:
            self.surprises.append(sentence.words)

    @property
    def recall(self) -> float:
        return self.found.total() / self.labelled.total()

    @property
    def false_alarm_rate(self) -> float:
        return self.false_alarms / self.harmless

    def __str__(self) -> str:
        kinds = (
            f"{kind}: {self.found[kind]} of {count}, {self.found_wrongly[kind]} wrongly"
            for kind, count in self.labelled.items()
        )
        alarms = f"false alarms: {self.false_alarms} of {self.harmless}"
        return "\n".join([*kinds, alarms, *self.surprises])


def test_there_are_over_900_sentences_and_each_kind_is_well_covered() -> None:
    every = [*sentences(TUNED_ON), *sentences(HELD_BACK)]
    assert len({sentence.words for sentence in every}) == len(every) == 932
    assert sum(not sentence.kinds for sentence in every) == 375
    labelled = Counter(kind for sentence in every for kind in sentence.kinds)
    assert all(labelled[kind] >= 20 for kind in Kind)


def test_nearly_all_is_found_and_hardly_anything_harmless_on_the_sentences_it_was_tuned_on() -> None:
    measured = Measure(TUNED_ON)
    assert measured.recall >= 0.98, measured
    assert measured.false_alarm_rate <= 0.01, measured


def test_sentences_held_back_from_tuning_are_judged_nearly_as_well() -> None:
    measured = Measure(HELD_BACK)
    # Measured once: 55 of 56 (a house number after the postcode was missed) and 0 of 54.
    assert measured.recall >= 0.98, measured
    assert measured.false_alarms == 0, measured


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("file", "missed", "alarms"),
    [
        ("by_others.tsv", set(), set()),
        ("everyday.tsv", set(), set()),
        # A sample of that size would be an NHS number.
        ("second_reading.tsv", set(), {"n=9995260182? no: n=999"}),
        ("third_reading.tsv", {"anna 34 hightown"}, set()),
        (
            "fourth_reading.tsv",
            {"Bogna from Dock Street", "bogna lis - victim"},
            {"AB12 CDE? placeholder no"},
        ),
        # Written by somebody who knew the kinds and had read no rules.
        ("fifth_reading.tsv", set(), set()),
        ("sixth_reading.tsv", set(), set()),
        ("seventh_reading.tsv", set(), set()),
        # Relatives of what those three showed, written while the rules were mended.
        ("variants.tsv", set(), set()),
    ],
)
def test_sentences_written_before_the_rules_were_mended_for_them_stay_found(
    file: str, missed: set[str], alarms: set[str]
) -> None:
    rows = (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()
    labelled = [(label, words) for label, _, words in (row.split("\t") for row in rows)]
    held = {words for _, words in labelled if findings(words.replace("\\n", "\n"))}
    assert {words for label, words in labelled if label == "personal"} - held <= missed
    assert {words for label, words in labelled if label == HARMLESS} & held <= alarms


@pytest.mark.parametrize(
    "harmless",
    [
        "Operation Amethyst",
        "Section 55(5)",
        "27/03/2025",
        "Victim Support Kent",
        "ring 101",
        "111",
        "999",
        "",
    ],
)
def test_what_officers_write_every_day_is_left_alone(harmless: str) -> None:
    assert findings(harmless) == ()


@pytest.mark.parametrize(
    "harmless",
    [
        "@SUM(A1:A9)",
        "@INDEX(A1:B2)",
        "Reg 15A of the 2012 regulations",
        "<@U0CORA|cora> can you look?",
        "npm i @slack/bolt@3.1",
        "We move to 3 Market Square, ZZ99 1AA on 1 April.",
        "The Victims' Hub (14 High Street, ZZ99 4DD) opens on Monday.",
        "The refuge provider's registered office is 8 Park Row, ZZ99 6FF.",
        "Drop-in at Tolworth Library, Ewell Road, every Tuesday",
        "b. 12/03/2025: second milestone",
        "IOPC reference number 2023/190045 for the super-complaint",
        "Our new address: Sutton House, 1 Sutton Road, ZZ99 9ZZ",
        "The scrutiny panel sits at Town Hall, High Street, ZZ99 9ZZ.",
        "Return forms to Freepost RTXX, 12 King Street, ZZ99 9ZZ",
        "Wards: Mill Lane, Dock Street",
        'Lisa Townley: "victims come first"',
        "EV10 SUV lease",
        "the fitness of Anna North's plan",
        "Rhys/15/Gwent",
        "Our registered address is 10 Dock Street, ZZ99 9AB.",
        "Postal address of the commissioner: PO Box 12, ZZ99 9AB",
        "the unit turned 10 on 4 January 2024",
        "Phase b: 02/03/25",
        "The office can be reached at 01632 960055 (Mon-Fri).",
        "Office tel: 01632 960055",
        "Our press officer Sam Lee is on 020 7946 0991.",
        "ISVA service moves to 4 Market Street, Hereford, HR1 2AB in June.",
        "Mark this victim action as done",
        "Kent (the lead force)",
        "Text 43277.164116716.",
        "Subnet 10.20.30.0/24 has no personal devices.",
        "R v Tom North [2019] EWCA Crim 3 is used in the training.",
        "Mrs Lockwood (lay member) asked for a shorter report.",
        "Mr Hill from the auditors comes back in July.",
        "Rhys is on leave until Monday; Beth has the slides.",
        "Met with Tom and Aisha from the union about overnight shifts.",
        "Spoke to Priya in Legal about the draft policy on complaints.",
        "Jo visited Durham on 3 June to look at their harassment toolkit.",
        "Ring 01632 960345 to speak to the complaints review team.",
        "Mae 61 o swyddogion cyswllt wedi'u hyfforddi.",
        "Ms Okoro said nobody believed the first set of figures.",
        "Prisoner escort times to Astwick court fell to 41 minutes.",
        "Mrs Penn is content and has no further questions.",
        "Ms Brand and Mr Hall will come again in spring.",
        "Mr Priestley of the audit firm spoke to staff at home by video.",
        "Mrs Kent, who chairs the audit committee, asked for the savings plan.",
        "decided by Mr Shah and Mrs Lockwood of Kent",
        "Insp Moss said she will not move the date again.",
        "Stalker typologies training by Dr Alan Underwood, 88 places.",
        "CCTV grant: 14 cameras, see https://kent-pcc.example/cctv-grant-2025",
        "Video guide for staff: https://intranet.kent.example/video/how-to-record",
        "The first woman to lead the dog section took up her post in March.",
        "The station is at 53.48095, -2.23743, room 4 of the police office.",
    ],
)
def test_what_only_looks_like_somebodys_is_left_alone(harmless: str) -> None:
    assert findings(harmless) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A 34-year-old from Tolworth called Dee said so", Kind.DESCRIPTION),
        ("J.T. from Hightown, 61, waited two hours", Kind.DESCRIPTION),
        ("the Canal Street lady, Dee, rang again", Kind.DESCRIPTION),
        ("The victim is headteacher at a school in Hightown", Kind.DESCRIPTION),
        ("complainant is a serving firefighter at Tolworth station", Kind.DESCRIPTION),
        ("our survivor teaches Year 4 at St Mary's, Tolworth", Kind.DESCRIPTION),
        ("Mari, meddyg teulu yn Llanfair", Kind.DESCRIPTION),
        ("Date of Birth (DD/MM/YY): 30/04/93", Kind.DATE_OF_BIRTH),
        ("TN/31/12/58/B was on her payslip", Kind.NATIONAL_INSURANCE),
        ("patient id (NHS) 999/390/9963", Kind.NHS_NUMBER),
        ("Niche occurrence 46000123456", Kind.REFERENCE),
        ("u/throwaway_kd25 is thought to be him", Kind.HANDLE),
        ("perp is called Kris", Kind.NAME),
        ("Her office number is 01632 960055", Kind.PHONE),
        ("the client rang the office from 01632 960055", Kind.PHONE),
        ("Office mobile: 07700 900123", Kind.PHONE),
        ("V: Anna North", Kind.NAME),
        ("Bogna (the victim)", Kind.NAME),
        ("survivors Bogna and Zofia", Kind.NAME),
        ("client: Bogna L", Kind.NAME),
        ("offender: PELL, Jaxon", Kind.NAME),
        ("her ex-boyfriend's name is Jaxon", Kind.NAME),
        ("34-year-old Zofia from Nether Hay", Kind.DESCRIPTION),
        ("Z.K. 34, Nether Hay", Kind.DESCRIPTION),
        ("zofia, 34, nether hay", Kind.DESCRIPTION),
        ("Zofia whose flat is on Dock Street", Kind.DESCRIPTION),
        ("victim, who is a paramedic based in Hightown, waits", Kind.DESCRIPTION),
        ("she is the head of Hightown High School", Kind.DESCRIPTION),
        ("athro yn Llanfair yw'r dioddefwr", Kind.DESCRIPTION),
        ("[DOB] 02/03/1981", Kind.DATE_OF_BIRTH),
        ("tn000000a (NI)", Kind.NATIONAL_INSURANCE),
        ("CAD0341 of 020325", Kind.REFERENCE),
        ("Vctim: Anna North", Kind.NAME),
        ("suspcet Tom", Kind.NAME),
        ("Anna was repeatedly stalked by him for a year", Kind.NAME),
        ("Anna - 34 - Hightown", Kind.DESCRIPTION),
        ("Anna, who is thirty-four and from Hightown", Kind.DESCRIPTION),
        ("anna who lives on mill lane", Kind.DESCRIPTION),
        ("the headteacher at St Anne's school in Hightown", Kind.DESCRIPTION),
        ("Complainant = bus driver, Hightown depot", Kind.DESCRIPTION),
        ("she was born on the second of March 1981", Kind.DATE_OF_BIRTH),
        ("DOB of the suspect: 02/03/81", Kind.DATE_OF_BIRTH),
        ("D O B 02 03 81", Kind.DATE_OF_BIRTH),
        ("N.I.No. TN 000000 B", Kind.NATIONAL_INSURANCE),
        ("(ref: CR-2025-004411)", Kind.REFERENCE),
        ("Glan-yr-afon, ZZ99 9ZZ", Kind.ADDRESS),
        ("yr un a ddrwgdybir, Kris Dawe", Kind.NAME),
        ("His passport no. 925076413 was kept", Kind.DOCUMENT),
        ("the app says 53.48095, -2.23743, her own garden", Kind.ADDRESS),
        ("w3w cheese.lantern.hopping", Kind.ADDRESS),
        ("Spoke with Mrs Hedley at home; she felt nobody believed her.", Kind.NAME),
        ("We owe Mrs Kowalczyk an apology.", Kind.NAME),
        ("Mr and Mrs Delacroix have asked for a meeting.", Kind.NAME),
        ("Ashok rang to say his uncle has found out where he lives", Kind.NAME),
        ("Redress payment to 20-18-93 44120987 bounced", Kind.DOCUMENT),
        ("boy of 15, D.A. from Beaumont", Kind.DESCRIPTION),
        ("the mum whose baby was born the night the bridge fell", Kind.DESCRIPTION),
        ("Complaint came from the landlord of the pub where the wedding brawl was filmed.", Kind.DESCRIPTION),
        ("we let Joanne Pritt down, five calls and not one visit", Kind.NAME),
        ("Mrs Temple was found on her kitchen floor", Kind.NAME),
        ("Mae Mrs Beti Wyn yn ofnus ac yn gwrthod mynd adref.", Kind.NAME),
        ("Mr Yilmaz cannot open his shop since the arson.", Kind.NAME),
        ("Cafodd Mrs Lowri Bevan ei gwthio i lawr y grisiau.", Kind.NAME),
        ("The Rafiq twins are back with their gran.", Kind.NAME),
        ("body at NY 37225 15510 grid ref", Kind.ADDRESS),
        ("0447 of 12 Jan, log closed by the system", Kind.REFERENCE),
        ("insta stories by tom.b.lifts99 show the tools", Kind.HANDLE),
        ("suspect is her ballet teacher", Kind.DESCRIPTION),
        ("Poor Margaret never got it back", Kind.NAME),
        ("R v Brodie Kemp showed that the account was not recorded", Kind.NAME),
        ("Siaradwyd â Mrs Eluned Parry yn ei chartref", Kind.NAME),
        ("ring the brother first (01632 960418), then the ward", Kind.PHONE),
        ("vinted.co.uk/member/jessmorwen88 sold them", Kind.HANDLE),
        ("CCTV link for the panel https://vault.example.com/c/stairwell", Kind.PICTURE),
        ("Mae'r bachgen yn fab i'r gweinidog ac yn chwarae rygbi dros Gymru.", Kind.DESCRIPTION),
    ],
)
def test_what_leads_to_somebody_is_told_however_it_is_written(text: str, kind: Kind) -> None:
    assert kind in {finding.kind for finding in findings(text)}


def test_what_is_found_is_told_in_the_order_of_the_text_and_once() -> None:
    text = "Victim Jane Smith, dob 12/03/1990, on 07700 900123; again: 07700 900123."
    assert findings(text) == (
        Finding(Kind.NAME, "Jane Smith"),
        Finding(Kind.DATE_OF_BIRTH, "12/03/1990"),
        Finding(Kind.PHONE, "07700 900123"),
    )


@pytest.mark.parametrize(
    "written",
    [
        "07700\u00a0900123",
        "07700\u2013900123",
        "０７７００ ９００１２３",
        "+44\u202f7700\u202f900123",
        "٠٧٧٠٠٩٠٠١٢٣",
    ],
)
def test_a_number_is_found_however_its_digits_spaces_and_dashes_are_typed_and_told_as_written(
    written: str,
) -> None:
    assert findings(f"Ring {written} please") == (Finding(Kind.PHONE, written),)


@pytest.mark.parametrize(
    "number", ["0300 123 4567", "03069 990123", "0808 157 0123", "0800 496 0123", "+44 300 123 4567"]
)
def test_numbers_that_only_organisations_have_are_not_a_persons(number: str) -> None:
    assert findings(f"The helpline is {number}.") == ()


@pytest.mark.parametrize(
    "address",
    [
        "opcc@kent.police.uk",
        "opcc.kent@kent.police.uk",
        "victim-services@loamshire.gov.uk",
        "pcc@kent.police.uk.cjsm.net",
    ],
)
def test_the_shared_mailbox_of_an_office_is_nobodys_address(address: str) -> None:
    assert findings(f"Write to {address}.") == ()


@pytest.mark.parametrize(
    "address",
    [
        "jane.smith@kent.police.uk",
        "jane.press@kent.police.uk",
        "opcc@example.org",
        "pcc@kent.police.uk.example",
    ],
)
def test_a_persons_address_or_one_outside_police_and_government_is_told(address: str) -> None:
    assert findings(f"Write to {address}.") == (Finding(Kind.EMAIL, address),)


def test_a_date_and_a_count_are_no_telephone_number() -> None:
    assert findings("Rung on 01.02.2025 103 times") == ()


def test_digits_that_could_be_two_things_are_told_as_one() -> None:
    assert findings("crime ref 9434765919") == (Finding(Kind.REFERENCE, "9434765919"),)


def test_ten_digits_are_an_nhs_number_only_when_the_last_one_checks_the_others() -> None:
    assert findings("Patient 999 012 3456") == ()
    assert findings("Patient 943 476 5919") == (Finding(Kind.NHS_NUMBER, "943 476 5919"),)


def test_a_postcode_is_a_home_only_with_a_house_or_a_street() -> None:
    assert findings("Most calls come from CT1 2AB.") == ()
    assert findings("Rec 15, CT1 2AB is served.") == ()
    assert findings("Most calls come from 4 Mill Lane, CT1 2AB.") == (Finding(Kind.ADDRESS, "CT1 2AB"),)


@pytest.mark.parametrize(
    "beside",
    [
        "Mrs Jane Smith of 14 High Street",
        "Jane Smith, 14 High Street",
        "Jane Smith, who lives at 14 High Street",
        "14 High Street (Jane Smith)",
    ],
)
def test_a_house_in_a_street_is_a_home_beside_somebodys_name(beside: str) -> None:
    assert findings(beside) == (Finding(Kind.ADDRESS, "14 High Street"),)


@pytest.mark.parametrize(
    "text",
    [
        "Our headquarters are at 22 Victoria Street.",
        "Jane Smith works at 22 Victoria Street headquarters.",
        "PCC Jane Smith, 22 Victoria Street, signed it.",
        "Victim Support of 22 Victoria Street",
        "22 Victoria Street (Jane Smith, head of policy)",
        "Jane Smith, 2 years in court",
    ],
)
def test_a_house_beside_nobodys_name_or_where_somebody_works_is_no_home(text: str) -> None:
    assert findings(text) == ()


def test_a_date_is_a_date_of_birth_only_beside_a_word_that_says_so() -> None:
    assert findings("Agreed on 12/03/1990") == ()
    assert findings("dob 45/13/1990") == ()
    assert findings("People born on or after 12/03/1990") == ()
    assert findings("born on 12/03/1990") == (Finding(Kind.DATE_OF_BIRTH, "12/03/1990"),)


@pytest.mark.parametrize(
    "paper",
    ["FOI 12345/24", "decision number 12345/24", "Purchase order 45240012345", "crime number 2024/25"],
)
def test_the_number_of_a_paper_or_a_financial_year_is_no_crime_reference(paper: str) -> None:
    assert findings(paper) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the victim, Amy, told us", "Amy"),
        ("victim JANE SMITH rang", "JANE SMITH"),
        ("victim Jane SMITH rang", "Jane SMITH"),
        ("April Jones (victim)", "April Jones"),
        ("the victim’s daughter Ann-Marie O’Neill", "Ann-Marie O’Neill"),
        ("victims including Jane Smith", "Jane Smith"),
        ("the victim is called Zoë", "Zoë"),
    ],
)
def test_a_persons_name_next_to_victim_is_told(text: str, name: str) -> None:
    assert findings(text) == (Finding(Kind.NAME, name),)


@pytest.mark.parametrize(
    "text",
    [
        "PCC Jane Smith met the victim.",
        "Jane Smith, our victims' lead, rang the victim.",
        "The victim thanked Jane Smith of Victim Support.",
        "The victim was referred to the Suzy Lamplugh Trust.",
        "Victims in Milton Keynes",
        "The victim moved from Leighton Buzzard.",
        "The victim was seen at Jubilee Wharf.",
        "From 12 Mill Lane the victim was followed.",
        "Ms A is the victim.",
        "Jane Smith asked how a victim is told.",
        "The victim was told. Jane Smith met the provider.",
    ],
)
def test_people_in_office_institutions_and_names_that_hide_somebody_are_not_a_victims_name(text: str) -> None:
    assert findings(text) == ()


@given(st.text(st.characters(), max_size=300))
@example("\ud800victim Jane\ud800Smith")
@example("dob 00/00/0000 0000-00-00")
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    assert all(finding.words and finding.words in text for finding in findings(text))


@given(
    st.lists(
        st.sampled_from(
            ["victim", "Jane", "Smith", "07700", "900123", "CT1 2AB", "4 Mill Lane", "dob", "1/1/90", "@",
             ".", " ", ", ", "\n", "-", "QQ12", "3456C", "CAD", "46/", "12345", "/24", "’s", "Mrs", "is", "a"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_pieces_of_what_is_looked_for_are_read_in_any_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert all(finding.words in text for finding in findings(text))


def test_the_time_of_the_check_grows_with_the_text_and_no_faster() -> None:
    # tests/prove/test_personal_data.py tries every piece.
    assert [piece for piece in PIECES[::10] if not grows_with_the_text(piece)] == []


def test_every_finding_in_a_text_of_pieces_is_told_once_and_as_written() -> None:
    assert [piece for piece in PIECES if not is_told_once_and_as_written(piece, 300)] == []
