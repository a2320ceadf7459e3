"""The forms that add a report or a recommendation: what is asked, what is wrong, what it would change."""

from collections.abc import Iterable
from typing import Any, assert_never

from bot.domain.register.adding import (
    LONGEST_JOINT,
    LONGEST_KEY,
    LONGEST_OTHER,
    LONGEST_QUOTED_FROM,
    LONGEST_SHORT_FORM,
    LONGEST_THEME,
    LONGEST_TITLE,
    LONGEST_URL,
    MOST_OTHERS,
    MOST_PARTS,
    MOST_THEMES,
    Addition,
    AddresseeScope,
    Fault,
    Field,
    RecommendationEntry,
    ReportEntry,
    Unfit,
)
from bot.domain.register.correcting import MARKED
from bot.domain.register.guard import MayIdentify
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import PartKind, Recommendation, Report
from bot.domain.register.recommendation_number import LONGEST_NUMBER
from bot.rendering import terms, words
from bot.rendering.form import (
    boxes_field,
    choice_field,
    choices_field,
    date_field,
    form,
    loading,
    no_victim_field,
    paragraph,
    screen_form,
    text_field,
    what_was_found,
)
from bot.rendering.screen import Block, Screen, actions, button

REPORT = "add-report"
RECOMMENDATION = "add-recommendation"
SCOPE = "scope"
ADD_ANOTHER = "add-another"

_REPORT_TITLE = "Add a report"
_TITLE = "Add a recommendation"


def loading_report() -> dict[str, Any]:
    return loading(_REPORT_TITLE, REPORT)


def loading_recommendation() -> dict[str, Any]:
    return loading(_TITLE, RECOMMENDATION)


def report_form(
    metadata: str, entry: ReportEntry | None = None, preview: Report | None = None
) -> dict[str, Any]:
    """Return the form for a report: empty at first, with a look at what it would add once that has been
    entered."""
    report_entry = entry or ReportEntry("", "", "", None)
    fields = [
        text_field(Field.TITLE, "Title", report_entry.title, longest=LONGEST_TITLE),
        text_field(
            Field.KEY,
            "Key",
            report_entry.key,
            longest=LONGEST_KEY,
            hint="The short word people type: lower-case letters, digits and hyphens, as in stalking.",
        ),
        text_field(
            Field.PUBLISHERS,
            "Publishers",
            report_entry.publishers,
            longest=LONGEST_TITLE,
            hint="As in: the IOPC, HMICFRS and College of Policing.",
        ),
        date_field(Field.PUBLISHED, "Published on", report_entry.published_on),
        text_field(Field.URL, "Link", report_entry.url, longest=LONGEST_URL, optional=True),
    ]
    looked = [paragraph(_report_preview(preview))] if preview else []
    return form(
        _REPORT_TITLE,
        [*looked, *fields],
        callback=REPORT,
        submit="Add" if preview else "Preview",
        metadata=metadata,
    )


def report_added(report: Report) -> dict[str, Any]:
    text = f"The report {report.key} is added. /recs add {report.key} adds its recommendations."
    return form(_REPORT_TITLE, [paragraph(text)], callback=REPORT)


def report_message(screen: Screen) -> dict[str, Any]:
    """Return a screen in the place of the form."""
    return screen_form(_REPORT_TITLE, screen, callback=REPORT)


def recommendation_form(
    metadata: str,
    report: Report,
    bodies: Iterable[PolicingBody],
    entry: RecommendationEntry | None = None,
    *,
    preview: Addition | None = None,
    may_identify: MayIdentify | None = None,
) -> dict[str, Any]:
    """Return the form for a recommendation: empty at first, then with what was found in the texts, or with a
    look at what it would add."""
    first = [paragraph(f"In {report.title}, published {words.day(report.published_on)}.")]
    if may_identify:
        first.append(paragraph(what_was_found(may_identify)))
    if preview:
        first += [paragraph(line) for line in _preview(preview)]
    fields = _fields(entry or RecommendationEntry("", "", AddresseeScope.ALL), bodies)
    confirm = [no_victim_field()] if may_identify or _was_asked(metadata) else []
    return form(
        _TITLE,
        [*first, *fields, *confirm],
        callback=RECOMMENDATION,
        submit="Add" if preview else "Preview",
        metadata=metadata,
    )


def recommendation_added(addition: Addition, metadata: str) -> dict[str, Any]:
    """Show the receipt with **Add another**; `metadata` is what the next form keeps of this one."""
    recommendation = addition.recommendation
    title = recommendation.title
    text = f"{words.capital(title)} is added, {_addressed(addition)}. /recs {title} shows it."
    add_button = button(
        "Add another", ADD_ANOTHER, ADD_ANOTHER, f"Add another to {recommendation.report.key}"
    )
    blocks = [block for block in (paragraph(text), actions(add_button)) if block]
    return form(_TITLE, blocks, callback=RECOMMENDATION, metadata=metadata)


def recommendation_message(screen: Screen) -> dict[str, Any]:
    """Return a screen in the place of the form."""
    return screen_form(_TITLE, screen, callback=RECOMMENDATION)


def errors(unfit: Unfit) -> dict[str, str]:
    """Return the words beside each field."""
    return {field: _WORDS.get((field, fault)) or _ANYWHERE[fault] for field, fault in unfit.faults.items()}


def _by_country(bodies: Iterable[PolicingBody]) -> dict[str, list[tuple[str, str]]]:
    by_country: dict[str, list[tuple[str, str]]] = {}
    for body in bodies:
        by_country.setdefault(body.country, []).append((body.code, body.short_name))
    return by_country


def _fields(recommendation_entry: RecommendationEntry, bodies: Iterable[PolicingBody]) -> list[Block]:
    return [
        text_field(
            Field.NUMBER,
            "Number",
            recommendation_entry.number,
            longest=LONGEST_NUMBER,
            hint="As the report has it: 15, 3a or 4.1.",
        ),
        *fields_of_words(recommendation_entry),
        choice_field(
            SCOPE,
            "Addressed to",
            [(scope, _of_scope(scope)) for scope in AddresseeScope],
            recommendation_entry.scope,
        ),
        choices_field(
            Field.BODIES,
            "Bodies",
            _by_country(bodies),
            recommendation_entry.chosen,
            hint="Where it is addressed to chosen bodies.",
        ),
        date_field(Field.RESPOND_BY, "Respond by", recommendation_entry.respond_by, optional=True),
        date_field(Field.DUE_ON, "Due on", recommendation_entry.due_on, optional=True),
        *fields_of_others(recommendation_entry),
        text_field(
            Field.PARTS,
            "Parts",
            recommendation_entry.parts,
            lines=True,
            hint="One a line: “do: close the gaps” or “consider: sharing services”.",
            optional=True,
        ),
        *fields_of_groups(recommendation_entry),
    ]


def fields_of_groups(entry: RecommendationEntry) -> list[Block]:
    """Ask by what it can be asked for together with others."""
    return [
        text_field(
            Field.THEMES,
            "Themes",
            entry.themes,
            longest=MOST_THEMES * (LONGEST_THEME + 1),
            hint="Words of the report's own list, with spaces: victims training.",
            optional=True,
        ),
        boxes_field(
            Field.PRIORITY,
            "Priority",
            [(MARKED, "Yes: mark it in every list")],
            [MARKED] if entry.priority else [],
        ),
    ]


def fields_of_words(entry: RecommendationEntry) -> list[Block]:
    """Ask for the wording, whether it is the official one, and for a short form."""
    return [
        text_field(Field.WORDING, "Wording", entry.wording, lines=True),
        text_field(
            Field.QUOTED_FROM,
            "Quoted from",
            entry.quoted_from,
            longest=LONGEST_QUOTED_FROM,
            hint="Where this wording stands, if it is the official one: the report, page 14. Else it is shown"
            " as in our words.",
            optional=True,
        ),
        text_field(
            Field.SHORT_FORM,
            "In short",
            entry.short_form,
            longest=LONGEST_SHORT_FORM,
            hint="A few words for lists and reminders: specialist services for victims.",
            optional=True,
        ),
    ]


def fields_of_others(entry: RecommendationEntry) -> list[Block]:
    """Ask who else it is addressed to, besides the bodies."""
    return [
        text_field(
            Field.JOINT_WITH,
            "Jointly with",
            entry.joint_with,
            longest=LONGEST_JOINT,
            hint="As in: chief constables.",
            optional=True,
        ),
        text_field(
            Field.OTHERS,
            "Also addressed to",
            entry.others,
            longest=MOST_OTHERS * LONGEST_OTHER,
            hint="Others, not jointly, with semicolons: the Home Office; CPS.",
            optional=True,
        ),
    ]


def _was_asked(metadata: str) -> bool:
    """Return whether the box **No victim can be identified** stands in the form already."""
    return '"asked"' in metadata


def _report_preview(report: Report) -> str:
    link = f", {report.url}" if report.url else ""
    return (
        f"This would add the report {report.key}: {report.title}. {report.publishers},"
        f" {words.day(report.published_on)}{link}. Nothing is added yet."
    )


def _preview(addition: Addition) -> list[str]:
    recommendation = addition.recommendation
    texts = [f"{words.capital(recommendation.title)} will be {_addressed(addition)}. Nothing is added yet."]
    if recommendation.is_quoted:
        texts.append(f"Its wording will be shown as a quotation from {recommendation.quoted_from}.")
    if recommendation.parts:
        texts.append(_parts(recommendation))
    if addition.acts_before_it_answers:
        texts.append("The action is due before the response. Please check that this is what the report says.")
    return texts


def _addressed(addition: Addition) -> str:
    """Say to whom and until when: Addressed to 4 bodies (Dyfed-Powys, …), the response due 1 May 2025, the
    action due 30 June 2025."""
    recommendation, names = addition.recommendation, addition.body_names
    bodies = f"all {words.bodies(len(names))}" if addition.of_all else words.bodies(len(names))
    body_names = "" if addition.of_all else f" ({words.names(names)})"
    respond = (
        f"the response by {words.day(recommendation.respond_by)}"
        if recommendation.respond_by
        else "no date for the response"
    )
    due = f"due {words.day(recommendation.due_on)}" if recommendation.due_on else "no date for the action"
    joint = f", jointly with {recommendation.joint_with}" if recommendation.joint_with else ""
    others = recommendation.others_addressed
    also = f", and to {words.both(others)}" if others else ""
    return f"addressed to {bodies}{body_names}{joint}{also}, {respond}, {due}"


def _of_scope(scope: AddresseeScope) -> str:
    match scope:
        case AddresseeScope.ALL:
            return "All bodies"
        case AddresseeScope.ENGLAND:
            return "The bodies of England"
        case AddresseeScope.WALES:
            return "The bodies of Wales"
        case AddresseeScope.CHOSEN:
            return "Chosen bodies"
    assert_never(scope)


def _parts(recommendation: Recommendation) -> str:
    counts = [
        f"{n} {terms.part_kind(kind)}"
        for kind in PartKind
        if (n := sum(part.kind is kind for part in recommendation.parts))
    ]
    return f"It has {words.count(len(recommendation.parts), 'part')}: {words.both(counts)}."


_ANYWHERE = {
    Fault.MISSING: "Please fill this in.",
    Fault.NOT_A_KEY: "Use lower-case letters, digits and single hyphens, beginning with a letter.",
    Fault.TAKEN: "There is one already.",
    Fault.MEANS_SOMETHING_ELSE: "People type this word for something else. Please choose another.",
    Fault.NOT_A_NUMBER: "Write the number as the report does: 15, 3a or 4.1.",
    Fault.NOT_A_LINK: "A link begins with https:// and has no spaces.",
    Fault.IN_THE_FUTURE: "This day has not come yet.",
    Fault.BEFORE_PUBLICATION: "This is before the report was published.",
    Fault.NO_BODY: "Choose at least one body, or address it to all.",
    Fault.NOT_A_PART: "Begin each line with “do:” or “consider:”.",
    Fault.NOT_A_THEME: "Write words of lower-case letters, digits and single hyphens.",
    Fault.TOO_LONG: "This is too long.",
}
_WORDS = {
    (Field.KEY, Fault.TAKEN): "A report has this key already.",
    (Field.NUMBER, Fault.TAKEN): "The report has a recommendation of this number already, live or ended.",
    (Field.OTHERS, Fault.TOO_LONG): (
        f"At most {MOST_OTHERS} names of at most {LONGEST_OTHER} characters, with semicolons between them."
    ),
    (Field.THEMES, Fault.TOO_LONG): (f"At most {MOST_THEMES} words of at most {LONGEST_THEME} characters."),
    (Field.PARTS, Fault.TOO_LONG): f"A recommendation has at most {MOST_PARTS} parts.",
}
