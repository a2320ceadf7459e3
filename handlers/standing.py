"""`/recs kent`, `/recs wales`, `/recs stalking`: a body, a region or a report."""

from bot.domain.questions.grammar.requests import Standing
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.register.people import Request
from bot.operations.questions import overview
from bot.operations.questions import standing as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import overview as report
from bot.rendering.blocks.questions import standing as blocks
from bot.rendering.screen import Screen


def standing(services: Services, request: Request, asked: Standing) -> Screen:
    match asked.of:
        case Body():
            return blocks.body(operation.body(services.store, request, asked.of, asked.page))
        case Region():
            return blocks.region(operation.region(services.store, request, asked.of, asked.page))
        case ReportName():
            return report.overview(overview.of_report(services.store, request, asked.of, asked.page))
