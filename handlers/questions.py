"""Lookups that are one call: `/recs`, a body, deadlines, overdue, waiting, changes, mine, contacts,
search."""

from bot.domain.questions import answers
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.register.people import Request
from bot.operations.questions import (
    changes,
    contacts,
    deadlines,
    mine,
    overdue,
    overview,
    published_responses,
    search,
    standing,
    waiting,
)
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import changes as changes_blocks
from bot.rendering.blocks.questions import contacts as contacts_blocks
from bot.rendering.blocks.questions import deadlines as deadlines_blocks
from bot.rendering.blocks.questions import mine as mine_blocks
from bot.rendering.blocks.questions import overdue as overdue_blocks
from bot.rendering.blocks.questions import overview as overview_blocks
from bot.rendering.blocks.questions import published_responses as published_response_blocks
from bot.rendering.blocks.questions import search as search_blocks
from bot.rendering.blocks.questions import standing as standing_blocks
from bot.rendering.blocks.questions import waiting as waiting_blocks
from bot.rendering.screen import Screen
from handlers.routes import Routes

routes = Routes()


@routes.verb(typed_commands.Overview)
def show_overview(services: Services, request: Request, command: typed_commands.Overview) -> Screen:
    """`/recs`: for a contact what their body owes, for anyone else the live recommendations."""
    result = overview.overview(services.store, request, command.page)
    if isinstance(result, answers.OwnOverview):
        return mine_blocks.mine(result)
    return overview_blocks.overview(result)


@routes.verb(typed_commands.Standing)
def show_standing(services: Services, request: Request, command: typed_commands.Standing) -> Screen:
    """`/recs kent`, `/recs wales`, `/recs stalking`: a body, a region or a report."""
    match command.subject:
        case Body() as body:
            return standing_blocks.body(standing.body(services.store, request, body, command.page))
        case Region() as region:
            return standing_blocks.region(standing.region(services.store, request, region, command.page))
        case ReportName() as report:
            return overview_blocks.overview(overview.of_report(services.store, request, report, command.page))


@routes.verb(typed_commands.Deadlines)
def show_deadlines(services: Services, request: Request, command: typed_commands.Deadlines) -> Screen:
    """`/recs deadlines`: what falls due, in order, and how many have not done it."""
    return deadlines_blocks.deadlines(deadlines.deadlines(services.store, request, command))


@routes.verb(typed_commands.Overdue)
def show_overdue(services: Services, request: Request, command: typed_commands.Overdue) -> Screen:
    """`/recs overdue`: what is late, by how long, and with whom."""
    return overdue_blocks.overdue(overdue.overdue(services.store, request, command))


@routes.verb(typed_commands.Waiting)
def show_waiting(services: Services, request: Request, command: typed_commands.Waiting) -> Screen:
    """`/recs waiting`: who has not responded."""
    return waiting_blocks.waiting(waiting.waiting(services.store, request, command))


@routes.verb(typed_commands.Published)
def show_published(services: Services, request: Request, command: typed_commands.Published) -> Screen:
    """`/recs published custody`: who has published their response, where and when."""
    return published_response_blocks.published(
        published_responses.published(services.store, request, command)
    )


@routes.verb(typed_commands.Changes)
def show_changes(services: Services, request: Request, command: typed_commands.Changes) -> Screen:
    """`/recs changes`: what changed, newest first, day by day."""
    return changes_blocks.changes(changes.changes(services.store, request, command))


@routes.verb(typed_commands.Mine)
def show_mine(services: Services, request: Request, command: typed_commands.Mine) -> Screen:
    """`/recs mine`: what my body owes."""
    return mine_blocks.mine(mine.mine(services.store, request, command.page))


@routes.verb(typed_commands.Contacts)
def show_contacts(services: Services, request: Request, command: typed_commands.Contacts) -> Screen:
    """`/recs contacts`: who records for which body."""
    return contacts_blocks.contacts(contacts.contacts(services.store, request, command))


@routes.verb(typed_commands.Search)
def show_search(services: Services, request: Request, command: typed_commands.Search) -> Screen:
    """`/recs search words`: recommendations, bodies and texts in which the words stand."""
    return search_blocks.search(search.search(services.store, request, command))
