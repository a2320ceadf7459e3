"""The tables that a file can hold: their columns, an example and a note for each. The template is made of
these, and a test holds `docs/import-format.md` to them."""

from collections.abc import Mapping

from msgspec import Struct, field

from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.imports import (
    BodyRow,
    ContactRow,
    NoteRow,
    PartyRow,
    RecommendationRow,
    RegisterRow,
    ReportRow,
    ReturnRow,
    Row,
    columns_of,
)
from bot.domain.register.people import OFFERED_KIND_WORDS
from bot.rendering import words

# A row with anything in this column is for people, and is not read.
REMARK = "#"


class Column(Struct, frozen=True):
    example: str
    note: str


class TableKind(Struct, frozen=True):
    """`also` are headings that people use, in place of a column's name; of two for one column the earlier
    is read."""

    name: str
    row: type[Row]
    columns: Mapping[str, Column]
    also: Mapping[str, str] = field(default_factory=dict)


_ABOUT = {
    "report": Column("stalking", "The report's key."),
    "recommendation": Column("15", "Its number in the report."),
    "body_code": Column("", "The body's code, in place of its name."),
    "body": Column("Kent", "Any name of the body."),
}
_BODY_ALSO = dict.fromkeys(
    ("policing_body", "police_area", "force", "area", "office", "organisation"), "body"
)
_DETAILS = {
    "evidence": Column("https://www.example.org/minutes", "One link."),
    "evidence_title": Column("Minutes of March", "The title of what the link leads to."),
    "evidence_seen_on": Column("", "The day on which it was seen there."),
    "source": Column(
        "the return of 3 March 2025", "The document it comes from. No names: it is kept for good."
    ),
    "decided_by": Column("", "Who decided, and as what, where that is known."),
    "may_be_quoted": Column("no", "yes where the published account may have the text; else no."),
    "no_victim_identified": Column("", "yes where an import asked, and you are sure that no text tells who."),
}
KINDS = (
    TableKind(
        "bodies",
        BodyRow,
        {
            "code": Column(
                "E23000032", "The area's code. Of a body that is there, only what changes is needed."
            ),
            "slug": Column("", "The name that people type; made from the short name where it is empty."),
            "short_name": Column("Kent", "What screens call it."),
            "force_name": Column("Kent Police", "The force."),
            "area_name": Column("Kent", "The area."),
            "body_name": Column("Kent Police and Crime Commissioner", "The full name."),
            "body_type": Column("pcc", "pcc, pfcc, mayor, mopac, common_council or board."),
            "region": Column("South East", "The region, or Wales."),
            "country": Column("England", "England or Wales."),
            "aliases": Column(
                "Kent PCC; Medway", "Other names, parted by semicolons. They replace those given before."
            ),
            "first_day": Column("2012-11-22", "Its first day; empty where it was always there."),
            "last_day": Column("", "Its last day. What it owes passes to its successor on the day after."),
            "successor": Column("", "The code or the short name of the body that follows."),
            "continues": Column("", "yes takes a last day that has not come, and the successor, away again."),
            "tile_row": Column("8", "Its place on the map, counted from 0 at the top."),
            "tile_col": Column("8", "The same, from 0 at the left."),
            "official_code": Column("", "The code that others give it now, where `code` is an earlier one."),
            "changed_on": Column(
                "", "The day from which its names, type and official code hold; else today."
            ),
        },
    ),
    TableKind(
        "reports",
        ReportRow,
        {
            "key": Column("stalking", "The short word that people type."),
            "title": Column("The police response to stalking", "The title."),
            "publishers": Column("IOPC, HMICFRS and College of Policing", "Who published it."),
            "published_on": Column("2024-09-27", "The day."),
            "url": Column("https://www.example.org/report", "Where it is to be read."),
            "publish_by": Column(
                "",
                "The day by which bodies publish their response, as it states it (section 55); else empty.",
            ),
        },
    ),
    TableKind(
        "recommendations",
        RecommendationRow,
        {
            "report": Column("stalking", "The report's key."),
            "number": Column("15", "Its number in the report: 15, 3a or 4.1."),
            "wording": Column("Find out whether victims have the services they need.", "Its words."),
            "addressed_to": Column(
                "all", "all, England, Wales (of the bodies of today), or names; by semicolons."
            ),
            "derived_from": Column(
                "", "For one of the association's own: the numbers it rests on; else empty."
            ),
            "respond_by": Column("2024-11-22", "The deadline for the response, as the report states it."),
            "due_on": Column("2025-03-27", "The deadline for the action, as the report states it."),
            "joint_with": Column("", "Whom else it is addressed to."),
            "parts": Column(
                "do: Put in place what is missing.", "One a line, each after “do:” or “consider:”."
            ),
            "source": Column("the report", "Where its words were taken from."),
            "quoted_from": Column(
                "", "Where the wording stands, if it is the official one; empty where it is in our words."
            ),
            "short_form": Column("specialist services for victims", "What it is about, in a few words."),
            "also_addressed_to": Column("", "Whom else it is addressed to, not jointly; by semicolons."),
            "themes": Column("victims", "Words of the report's own list, parted by spaces."),
            "priority": Column("no", "yes where it is marked as a priority; else no."),
            "no_victim_identified": _DETAILS["no_victim_identified"],
        },
        {
            "no": "number",
            "no.": "number",
            "recommendation_number": "number",
            "text": "wording",
            "recommendation_text": "wording",
            "addressees": "addressed_to",
            "deadline": "due_on",
            "due": "due_on",
        },
    ),
    TableKind(
        "contacts",
        ContactRow,
        {
            "user": Column(
                "U012AB3CD",
                "The person's member id in Slack, from their profile; in Slack also a mention, their e-mail"
                " address or their full name.",
            ),
            "body": Column("Kent", "Any name of the body."),
            "kind": Column("main", f"{words.either(OFFERED_KIND_WORDS)}; empty: the first is the main one."),
            "team": Column("T012AB3CD", "The id of the person's own workspace."),
        },
        {
            **dict.fromkeys(("member_id", "slack_id", "user_id"), "user"),
            **dict.fromkeys(("e-mail", "email", "e-mail_address", "email_address"), "user"),
            **dict.fromkeys(("person", "contact", "name", "full_name", "officer"), "user"),
            **_BODY_ALSO,
            "role": "kind",
        },
    ),
    TableKind(
        "register",
        RegisterRow,
        {
            **_ABOUT,
            "response": Column("accepted", f"{words.either(list(Answer))}."),
            "response_on": Column("22 November 2024", "The day from which the response stands."),
            "response_text": Column("", "The reason; needed for anything short of acceptance."),
            "progress": Column(
                "in progress", f"{words.either([stage for stage in Stage if stage.facts.is_bodys_word])}."
            ),
            "progress_on": Column("2025-03-03", "The day from which the progress stands."),
            "progress_text": Column("Two services start in April.", "What the body says of it."),
            "parts_addressed": Column("a", "The labels of the parts that are addressed, parted by spaces."),
            "part_states": Column(
                "a: complete; b: in progress", "How far the body is with each part; it replaces what stands."
            ),
            "expected_on": Column("", "The day on which the body itself expects to be done."),
            **_DETAILS,
        },
    ),
    TableKind(
        "notes",
        NoteRow,
        {
            **_ABOUT,
            "stands_from": Column("2025-03-03", "The day of which it tells."),
            "text": Column("We met the provider.", "The note."),
            **_DETAILS,
        },
    ),
    TableKind(
        "others",
        PartyRow,
        {
            "report": _ABOUT["report"],
            "recommendation": Column("16", "Its number in the report."),
            "party": Column(
                "chief constables", "For whom it is reported; empty where there is one, or they reported."
            ),
            "reported_by": Column("NPCC", "Who reported; empty where the party itself did."),
            "reported_on": Column("2025-03-03", "The day of the report."),
            "text": Column("Half of the forces have answered.", "What it says."),
            "evidence": _DETAILS["evidence"],
            "evidence_title": _DETAILS["evidence_title"],
            "source": _DETAILS["source"],
            "no_victim_identified": _DETAILS["no_victim_identified"],
        },
    ),
)
# What `recbot return` writes, and nobody makes by hand: the template has no such table.
RETURN = TableKind("return", ReturnRow, dict.fromkeys(columns_of(ReturnRow), Column("", "")))
BY_NAME = {kind.name: kind for kind in (*KINDS, RETURN)}
# What a heading can say, by which a file's separator is told.
ALL_COLUMNS = frozenset(
    (REMARK, *(name for kind in BY_NAME.values() for name in (*kind.columns, *kind.also)))
)
