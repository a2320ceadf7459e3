"""The fields of a recommendation, as the form that adds one and the form that corrects one send them."""

from bot.domain.register.adding import AddresseeScope, Field, RecommendationEntry
from handlers.replies import Submission


def recommendation_entry(sent: Submission, number: str, scope: AddresseeScope) -> RecommendationEntry:
    """Return what was entered; the number and how its bodies are chosen differ between the forms."""
    return RecommendationEntry(
        number=number,
        wording=sent.text(Field.WORDING),
        scope=scope,
        chosen=tuple(sorted(sent.choices(Field.BODIES))),
        respond_by=sent.day(Field.RESPOND_BY),
        due_on=sent.day(Field.DUE_ON),
        joint_with=sent.text(Field.JOINT_WITH),
        parts=sent.text(Field.PARTS),
        quoted_from=sent.text(Field.QUOTED_FROM),
        short_form=sent.text(Field.SHORT_FORM),
        others=sent.text(Field.OTHERS),
        themes=sent.text(Field.THEMES),
        priority=bool(sent.choices(Field.PRIORITY)),
    )
