"""Lookups that are one call: `/recs`, a body, deadlines, overdue, waiting, changes, mine, history, contacts,
search."""

from bot.domain.questions import answers
from bot.domain.questions.grammar import requests
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.register.people import Request
from bot.operations.questions import (
    changes,
    contacts,
    deadlines,
    history,
    mine,
    overdue,
    overview,
    search,
    standing,
    waiting,
)
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import changes as changes_blocks
from bot.rendering.blocks.questions import contacts as contacts_blocks
from bot.rendering.blocks.questions import deadlines as deadlines_blocks
from bot.rendering.blocks.questions import history as history_blocks
from bot.rendering.blocks.questions import mine as mine_blocks
from bot.rendering.blocks.questions import overdue as overdue_blocks
from bot.rendering.blocks.questions import overview as overview_blocks
from bot.rendering.blocks.questions import search as search_blocks
from bot.rendering.blocks.questions import standing as standing_blocks
from bot.rendering.blocks.questions import waiting as waiting_blocks
from bot.rendering.screen import Screen
from handlers.routes import Routes

routes = Routes()


@routes.verb(requests.Overview)
def show_overview(services: Services, request: Request, command: requests.Overview) -> Screen:
    """`/recs`: for a contact what their body owes, for anyone else the live recommendations."""
    result = overview.overview(services.store, request, command.page)
    if isinstance(result, answers.Mine):
        return mine_blocks.mine(result)
    return overview_blocks.overview(result)


@routes.verb(requests.Standing)
def show_standing(services: Services, request: Request, command: requests.Standing) -> Screen:
    """`/recs kent`, `/recs wales`, `/recs stalking`: a body, a region or a report."""
    match command.of:
        case Body() as body:
            return standing_blocks.body(standing.body(services.store, request, body, command.page))
        case Region() as region:
            return standing_blocks.region(standing.region(services.store, request, region, command.page))
        case ReportName() as report:
            return overview_blocks.overview(overview.of_report(services.store, request, report, command.page))


@routes.verb(requests.Deadlines)
def show_deadlines(services: Services, request: Request, command: requests.Deadlines) -> Screen:
    """`/recs deadlines`: what falls due, in order, and how many have not done it."""
    return deadlines_blocks.deadlines(deadlines.deadlines(services.store, request, command))


@routes.verb(requests.Overdue)
def show_overdue(services: Services, request: Request, command: requests.Overdue) -> Screen:
    """`/recs overdue`: what is late, by how long, and with whom."""
    return overdue_blocks.overdue(overdue.overdue(services.store, request, command))


@routes.verb(requests.Waiting)
def show_waiting(services: Services, request: Request, command: requests.Waiting) -> Screen:
    """`/recs waiting`: who has not responded."""
    return waiting_blocks.waiting(waiting.waiting(services.store, request, command))


@routes.verb(requests.Changes)
def show_changes(services: Services, request: Request, command: requests.Changes) -> Screen:
    """`/recs changes`: what changed, newest first, day by day."""
    return changes_blocks.changes(changes.changes(services.store, request, command))


@routes.verb(requests.Mine)
def show_mine(services: Services, request: Request, command: requests.Mine) -> Screen:
    """`/recs mine`: what my body owes."""
    return mine_blocks.mine(mine.mine(services.store, request, command.page))


@routes.verb(requests.History)
def show_history(services: Services, request: Request, command: requests.History) -> Screen:
    """`/recs history 15`: every update, newest first, with the number it is cited by."""
    return history_blocks.history(history.history(services.store, request, command))


@routes.verb(requests.Contacts)
def show_contacts(services: Services, request: Request, command: requests.Contacts) -> Screen:
    """`/recs contacts`: who records for which body."""
    return contacts_blocks.contacts(contacts.contacts(services.store, request, command))


@routes.verb(requests.Search)
def show_search(services: Services, request: Request, command: requests.Search) -> Screen:
    """`/recs search words`: recommendations, bodies and texts in which the words stand."""
    return search_blocks.search(search.search(services.store, request, command))
