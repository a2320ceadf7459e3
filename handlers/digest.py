"""`/recs digest`, `digest preview`, `digest send`: for coordinators."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import DigestNext, DigestPreview, DigestSend
from bot.operations import digest as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import digest as blocks
from bot.rendering.screen import Screen


def next_digest(desk: Desk, occasion: Occasion, _asked: DigestNext) -> Screen:
    return blocks.outlook(operation.outlook(desk.store, occasion, desk.digest))


def preview(desk: Desk, occasion: Occasion, _asked: DigestPreview) -> Screen:
    return blocks.preview(operation.preview(desk.store, occasion, desk.digest))


def send(desk: Desk, occasion: Occasion, _asked: DigestSend) -> Screen:
    return blocks.on_its_way() if operation.send(desk.store, occasion, desk.digest) else blocks.no_channel()
