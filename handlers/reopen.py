"""`/recs reopen 15 kent: why`: a coordinator finds that it is not complete after all."""

from bot.domain.questions.grammar.requests import Reopen
from bot.domain.register.people import Occasion
from bot.operations.recording import reopen as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.recording.reopen import message, reopened
from bot.rendering.screen import Screen
from handlers.replies import told


def reopen(desk: Desk, occasion: Occasion, asked: Reopen) -> Screen:
    recorded = told(desk, occasion, operation.reopen(desk.store, occasion, asked, message))
    desk.digest.wake()
    return reopened(recorded)
