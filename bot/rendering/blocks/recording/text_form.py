"""A form with one field for a text: the reason for a decision, or the answer to a question.

Where the text may identify somebody, the form comes again with a box that confirms that no victim can be."""

from collections.abc import Sequence
from typing import Any

from bot.domain.register.guard import MayIdentify
from bot.rendering.form import FormFrame, no_victim_field, paragraph, text_field, what_was_found

Form = dict[str, Any]


class TextForm(FormFrame, frozen=True):
    field: str  # the id by which the handler reads the field
    label: str
    submit: str  # the word on its button

    def asking(
        self,
        paragraphs: Sequence[str],
        metadata: str,
        may_identify: MayIdentify | None = None,
        *,
        text: str = "",
        hint: str = "",
    ) -> Form:
        """Return the form with its field under what it is about; with the box where something was found."""
        doubts = [paragraph(what_was_found(may_identify)), no_victim_field()] if may_identify else []
        return self.holding(
            [
                *map(paragraph, paragraphs),
                text_field(self.field, self.label, text, lines=True, hint=hint),
                *doubts,
            ],
            submit=self.submit,
            metadata=metadata,
        )


def reason_form(title: str, submit: str, callback: str) -> TextForm:
    """Return the form in which whoever decides against something says why."""
    return TextForm(title, callback, "reason", "Reason", submit)
