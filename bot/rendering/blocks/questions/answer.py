"""The answer to any question: a sentence to pass on, a line for each body, and what can be done with them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.model import AskedState, Aspect, NoNews, Shape, aspect_of
from bot.domain.questions.question_answer import Answered, Line, Measure
from bot.domain.questions.selection import Share
from bot.domain.questions.written import on_page
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.succession import Predecessor
from bot.domain.register.update import excerpt
from bot.rendering import due_dates, terms, words
from bot.rendering.blocks.buttons import choose, more, share
from bot.rendering.blocks.questions.conditions import of_bodies, of_recommendations
from bot.rendering.blocks.questions.lists import and_more, titles, which_page, written
from bot.rendering.blocks.questions.predecessors import in_one_line
from bot.rendering.blocks.questions.subjects import places_of, recommendations_of
from bot.rendering.origins import origin
from bot.rendering.screen import BUTTON_VALUE, Block, Screen, actions, button, screen

FILE = "file-list"
REMIND = "remind-list"

# These say nothing of a recommendation.
_OF_BODIES_ALONE = {AskedState.CONTACT, AskedState.NO_CONTACT}
# In days: what moved later than that is news.
_NEWS_FOR = 30
_CONTACTS_NAMED = 2
_OWN_OFFERED = 3
# Beside other recommendations of the same body there is less room.
_LONGEST_REASON = 120


def answer(result: Answered) -> Screen:
    return screen(
        f"{_when(result)}{_sentence(result)}{which_page(result.page)}.",
        *written([*_lines(result), *_of_whom(result)]),
        and_more(result.page.more),
        _buttons(result),
        actions(*choose(tuple(_recordings(result)))),
    )


def _of_whom(result: Answered) -> list[str]:
    """Say of whom the count is, where bodies have ended."""
    of_whom = origin(result.origin)
    return [f"{words.capital(of_whom)}."] if of_whom else []


def _recordings(result: Answered) -> Iterator[tuple[str, str]]:
    """Offer what a reader may have meant to say of their own body: "15 not started" is a question all the
    same."""
    subject = result.subject
    is_plain = result.question.shape is Shape.LIST and result.conditions == (AskedState.NOT_STARTED,)
    if not is_plain or subject.part or len(subject.recommendations) != 1 or len(result.own) > _OWN_OFFERED:
        return
    title = subject.recommendations[0].title
    for body in result.own:
        yield (
            f"Record for {body.short_name}: {title} not started",
            command_of("not started", title, unmistakable(body)),
        )


def _when(result: Answered) -> str:
    if not result.looks_back:
        return ""
    return f"As {'known ' if result.known else ''}at {words.day(result.day)}: "


def _sentence(result: Answered) -> str:
    """Word the first sentence, which can be passed on alone; without its full stop."""
    if not result.conditions:
        counts = "; ".join(_count(measure, result) for measure in result.measures)
        return f"{words.capital(_about(result))}: {counts}"
    measure = result.measures[0]
    if not measure.addressed:
        return f"{words.capital(_about(result))}: nothing is asked there"
    if result.is_one_body:
        return _of_one_body(measure, result)
    if result.is_one_recommendation:
        return _of_one_recommendation(measure, result)
    return _of_several(measure, result)


def _count(measure: Measure, result: Answered) -> str:
    """Say how many: 43 of 43 accepted; as a percentage 100% accepted (43 of 43)."""
    state = of_recommendations(measure.conditions)
    if result.question.shape is Shape.PERCENT:
        percent = _percent(measure.matching, measure.addressed)
        return f"{percent} {state} ({measure.matching:,} of {measure.addressed:,})"
    return f"{measure.matching:,} of {measure.addressed:,} {state}"


def _of_one_recommendation(measure: Measure, result: Answered) -> str:
    """Say who: 7 of 43 have not started stalking 15: Essex, Gwent, …"""
    state = of_bodies(measure.conditions, _what(result), measure.matching)
    return f"{_how_many(measure, result)}{_where(result)} {state}{_names(measure, result)}"


def _of_one_body(measure: Measure, result: Answered) -> str:
    """Say which: Kent: 2 of 3 recommendations are not started: stalking 16 and 25."""
    name = measure.bodies[0].name
    are = "is" if measure.matching == 1 else "are"
    count_words = (
        f"{_how_many(measure, result)} {'recommendation' if measure.addressed == 1 else 'recommendations'}"
    )
    if result.is_one_recommendation:
        count_words = f"{_how_many(measure, result)} on {_what(result)}"
    state = of_recommendations(measure.conditions)
    recommendations = [line.recommendation for line in result.lines]
    listed = (
        f": {titles(recommendations)}"
        if 0 < measure.matching == len(recommendations) and not result.is_one_recommendation
        else ""
    )
    return f"{name}: {count_words} {are} {state}{listed}"


def _of_several(measure: Measure, result: Answered) -> str:
    """Say who, of several recommendations: 3 of 43 are blocked on one or more of stalking 15, 16 and 25:
    Essex, Gwent, Kent (5 of 129 in all)."""
    holding = len(measure.holding)
    one_or_more = f"one or more of {_what(result)}"
    state = of_bodies(measure.conditions, one_or_more, holding)
    whole = [body.name for body in measure.holding if body.matching == body.addressed]
    on_all = ""
    if result.subject.recommendations and whole and len(whole) < holding:
        on_all = f"; on all of them: {words.names(whole)}"
    in_all = f" ({measure.matching:,} of {measure.addressed:,} in all)"
    if not holding or set(measure.conditions) <= _OF_BODIES_ALONE:
        in_all = ""
    count_words = _part(holding, len(measure.bodies), result)
    return f"{count_words}{_where(result)} {state}{_names(measure, result)}{in_all}{on_all}"


def _how_many(measure: Measure, result: Answered) -> str:
    return _part(measure.matching, measure.addressed, result)


def _part(matching: int, total: int, result: Answered) -> str:
    """Say what part: 7 of 43; as a percentage 16% (7 of 43)."""
    count = f"{matching:,} of {total:,}"
    return f"{_percent(matching, total)} ({count})" if result.question.shape is Shape.PERCENT else count


def _percent(matching: int, total: int) -> str:
    """Return a percentage in whole numbers, never 0 or 100 for what is not none or all."""
    if not total:
        return "0%"
    percent = round(100 * matching / total)
    if matching and not percent:
        return "under 1%"
    return "over 99%" if matching < total and percent == 100 else f"{percent}%"


def _names(measure: Measure, result: Answered) -> str:
    if not measure.matching or result.question.shape is not Shape.LIST:
        return ""
    return f": {words.names([body.name for body in measure.holding])}"


def _what(result: Answered) -> str:
    return recommendations_of(result.subject)


def _where(result: Answered) -> str:
    """Name in brackets the bodies that were asked about, where not all were."""
    places = places_of(result.subject)
    return f" ({places})" if places else ""


def _about(result: Answered) -> str:
    """Say what was asked about: Stalking 15, Kent and Surrey."""
    return f"{_what(result)}{_where(result)}"


def _lines(result: Answered) -> Iterator[str]:
    match result.question.shape:
        case Shape.BY_REGION:
            yield from _by_region(result)
        case Shape.BY_REPORT:
            yield from _by_report(result)
        case Shape.BY_THEME:
            yield from _by_theme(result)
        case Shape.LIST if result.is_one_body:
            for line in result.lines:
                yield f"{words.capital(line.recommendation.title)} · {_line(line, result)}"
                yield from _predecessors(line.predecessors)
            yield from _whom_to_ask(result.lines[:1])
        case Shape.LIST if result.is_one_recommendation:
            for line in result.lines:
                yield " · ".join([line.addressee.body_name, _line(line, result), *_whom_to_ask([line])])
                yield from _predecessors(line.predecessors)
        case _:
            yield from _by_body(result)


def _by_body(result: Answered) -> Iterator[str]:
    for _, group in groupby(result.lines, key=lambda line: line.addressee.body_code):
        of_body = list(group)
        alike: dict[str, list[Recommendation]] = {}
        for line in of_body:
            alike.setdefault(_line(line, result, _LONGEST_REASON), []).append(line.recommendation)
        texts = (f"{titles(recommendations)} {text}" for text, recommendations in alike.items())
        yield " · ".join([of_body[0].addressee.body_name, *texts, *_whom_to_ask(of_body[:1])])
        stood: dict[tuple[str, ...], list[Recommendation]] = {}
        for line in of_body:
            stood.setdefault(tuple(_predecessors(line.predecessors)), []).append(line.recommendation)
        for lines, recommendations in stood.items():
            about = f"On {titles(recommendations)}: " if len(stood) > 1 else ""
            yield from (f"  {about}{text.strip()}" for text in lines)


def _predecessors(ended_bodies: Iterable[Predecessor]) -> Iterator[str]:
    """Name in whose place the body stands, and how each of them stood."""
    return (f"  {in_one_line(ended)}" for ended in ended_bodies)


def _by_region(result: Answered) -> Iterator[str]:
    for region in sorted({result.region_of[body.key] for body in result.measures[0].bodies}):
        counts = []
        for measure in result.measures:
            in_region = [body for body in measure.bodies if result.region_of[body.key] == region]
            counts.append(_share_words(measure, in_region, result))
        yield f"{region}: {'; '.join(counts)}"


def _by_report(result: Answered) -> Iterator[str]:
    for place, report in enumerate(result.measures[0].reports):
        counts = [_share_words(measure, [measure.reports[place]], result) for measure in result.measures]
        yield f"{report.name}: {'; '.join(counts)}"


def _by_theme(result: Answered) -> Iterator[str]:
    for place, theme in enumerate(result.measures[0].themes):
        counts = [_share_words(measure, [measure.themes[place]], result) for measure in result.measures]
        yield f"{theme.name or 'Without a theme'}: {'; '.join(counts)}"
    if result.measures[0].has_several_themes:
        yield "A recommendation with several themes is counted in each."


def _share_words(measure: Measure, shares: Sequence[Share], result: Answered) -> str:
    matching, total = sum(share.matching for share in shares), sum(share.addressed for share in shares)
    count_words = f"{matching:,} of {total:,} {of_recommendations(measure.conditions)}"
    names = [share.name for share in shares if share.matching]
    is_named = result.conditions and result.question.shape is Shape.BY_REGION and names
    return f"{count_words} ({words.names(names)})" if is_named else count_words


def _line(line: Line, result: Answered, longest_reason: int = 1_000) -> str:
    """Say how one stands: blocked since 22 Nov 2024 · “no provider” · due 30 Apr 2025, was 27 Mar 2025 · no
    news for 108 days"""
    row = line.addressee
    pieces = [_state(line, result), *_reason(line, longest_reason), *_deadline(line, result)]
    if any(map(row.owes, Duty)):
        pieces += _news(row, result)
    return " · ".join(pieces)


def _state(line: Line, result: Answered) -> str:
    row = line.addressee
    since = f" since {words.short_day(line.since)}" if line.since else ""
    if level := terms.closing_level(row.closing_level):
        since = f"{since} ({level})"
    aspects = {aspect_of(condition) for condition in result.conditions}
    if Aspect.ANSWER in aspects and Aspect.PROGRESS not in aspects:
        return f"{terms.answer(row.answer)}{since}"
    state = f"{terms.stage(row.stage)}{since}"
    return state if result.conditions or result.subject.part else f"{terms.answer(row.answer)}, {state}"


def _reason(line: Line, longest: int) -> Iterator[str]:
    """Return what the body says of it, as far as the reader may see it."""
    if line.update is None:
        return
    if line.update.draft.text:
        text = line.update.draft.text
        yield f"“{excerpt(text) if longest < len(text) else ' '.join(text.split())}”"
    elif line.update.withheld and line.addressee.stage.is_stuck:
        yield "on what is not published"


def _deadline(line: Line, result: Answered) -> Iterator[str]:
    row = line.addressee
    late = [
        deadline
        for duty in Duty
        if row.is_overdue(duty, result.day) and (deadline := row.deadline(duty)) is not None
    ]
    stated = line.recommendation.due_on
    if late:
        yield f"overdue by {words.days((result.day - min(late)).days)}"
    if row.due_on and (row.due_on != stated or row.slips):
        yield due_dates.due(row, stated)
    if expected := due_dates.expects(row, result.day):
        yield expected
    if line.asked_until:
        yield f"asks for {words.short_day(line.asked_until)}"


def _news(row: Addressee, result: Answered) -> Iterator[str]:
    asks_for_it = any(isinstance(condition, NoNews) for condition in result.conditions)
    if row.moved_on is None:
        yield "nothing recorded yet"
    elif (result.day - row.moved_on).days >= _NEWS_FOR or asks_for_it:
        yield f"no news for {words.days((result.day - row.moved_on).days)}"


def _whom_to_ask(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        names = line.contacts
        if names:
            yield f"ask {words.names(names, _CONTACTS_NAMED)}"
        elif line.addressee.live:
            yield "no contact"


def _buttons(result: Answered) -> Block | None:
    number = result.page.number
    this_page = on_page(result.typed, number)
    value = f"{result.fingerprint} {result.typed}"
    can_act = bool(result.fingerprint) and len(value) <= BUTTON_VALUE
    count = result.page.total
    lines_in_words = words.count(count, "line")
    return actions(
        share(this_page) if len(this_page) <= BUTTON_VALUE else None,
        more(result.typed, number + 1) if result.page.has_more else None,
        button("File", FILE, value, f"File of {lines_in_words}") if can_act else None,
        button("Remind these", REMIND, value, f"Remind the contacts of {lines_in_words}")
        if can_act and result.may_remind and _owes_something(result)
        else None,
    )


def _owes_something(result: Answered) -> bool:
    """Whether anybody on this page owes something: what is done needs no reminder."""
    done = {AskedState.COMPLETE, AskedState.CHECKED, AskedState.NOT_CHECKED}
    return not done & set(result.conditions) and any(
        line.addressee.owes(duty) for line in result.lines for duty in Duty
    )
