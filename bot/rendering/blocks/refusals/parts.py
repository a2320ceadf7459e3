"""What cannot be recorded because of the parts of a recommendation."""

from typing import assert_never

from bot.domain.register.part_states import NoSuchPart, PartsOpen
from bot.domain.register.recommendation import name_of_id
from bot.rendering import words
from bot.rendering.blocks.recording.lacking_text import asking_for_text
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording, typed_about

PartRefusal = NoSuchPart | PartsOpen


def wording(refusal: PartRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case NoSuchPart():
            labels = words.part_labels(refusal.labels)
            part_list = f"It has {labels}." if labels else "It has no parts."
            recorded = "" if refusal.asks else "; nothing was recorded"
            return Wording(
                f"{words.capital(refusal.recommendation)} has no part ({refusal.label}){recorded}.",
                part_list,
            )
        case PartsOpen():
            return asking_for_text(_parts_open(refusal), refusal, context)
        case _:
            assert_never(refusal)


def _parts_open(refusal: PartsOpen) -> Wording:
    about = typed_about(refusal.recommendation_id, refusal.body_name)
    title = words.capital(name_of_id(refusal.recommendation_id).title)
    parts_are = words.parts_are(refusal.labels)
    return Wording(
        f"{title}: {parts_are} still open for {refusal.body_name}, so nothing was recorded.",
        f"{words.capital(parts_are)} to be done. Record it first, or say why it is complete all the same.",
        usage=f"/recs complete {about} part {refusal.labels[0]}: two services have opened",
    )
