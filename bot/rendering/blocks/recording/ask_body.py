"""Questions to a body: what the coordinator who asks is told, the message with **Answer**, and the answer."""

from typing import Any

from bot.domain.messages.delivery import Payload
from bot.domain.register.body_question import BodyAnswer, BodyQuestion
from bot.domain.register.guard import MayIdentify
from bot.rendering import words
from bot.rendering.blocks.recording.text_form import TextForm
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, as_written, button, screen, small

ANSWER = "answer-question"
ANSWER_FORM = TextForm("Answer a question", ANSWER, "answer", "Answer", "Answer")

# Free text in a message: what is longer is read in the register.
_LONGEST = 2500


def question_sent(question: BodyQuestion) -> Screen:
    """Tell the coordinator who asked that the question is on its way."""
    return screen(
        f"{question.body_name} is asked about {question.recommendation.title}.",
        _quoted(question.text),
        small(
            f"Sent to {inert(words.names(question.contacts))}, update {question.seq}."
            " You get the answer in a direct message, and Home lists the question until then."
        ),
    )


def question_message(question: BodyQuestion, key: str) -> Payload:
    """Word the message that each contact of the body gets."""
    return delivered(
        screen(
            f"{question.asker_name} of the association asks {question.body_name} about"
            f" {question.recommendation.title}.",
            _quoted(question.text),
            small(
                f"Update {question.seq}. The answer is kept with the recommendation; the coordinators and"
                f" {inert(question.body_name)}'s contacts can read it."
            ),
            actions(answer_button(question.seq, question.recommendation.title, question.body_name)),
        ),
        key,
    )


def answer_button(seq: int, title: str, body_name: str) -> Block:
    """Return the button that answers the question that is update `seq`."""
    return button("Answer", f"{ANSWER}:{seq}", str(seq), f"Answer the question about {title}, {body_name}")


def answered(answer: BodyAnswer) -> Screen:
    """Show the receipt to whoever answered."""
    about = f"{answer.question.recommendation.title}, {answer.question.body_name}"
    first = f"The question about {about} was answered already." if answer.again else f"Answered: {about}."
    return screen(
        first,
        _quoted(answer.question.text),
        _quoted(answer.text),
        small(f"By {inert(answer.by)}, update {answer.seq}, {words.moment(answer.answered_at)}."),
    )


def answer_message(answer: BodyAnswer, key: str) -> Payload:
    """Word the message that whoever asked gets."""
    question = answer.question
    return delivered(
        screen(
            f"{question.body_name} has answered your question about {question.recommendation.title}.",
            _quoted(question.text),
            _quoted(answer.text),
            small(
                f"By {inert(answer.by)}, update {answer.seq}, {words.moment(answer.answered_at)}."
                f" `/recs {inert(question.recommendation.title)} {inert(question.body_name)}` shows both."
            ),
        ),
        key,
    )


def answer_form(
    question: BodyQuestion, metadata: str, text: str = "", may_identify: MayIdentify | None = None
) -> dict[str, Any]:
    """Ask for the answer; a second time when something was found in it."""
    first = f"{question.asker_name} asks {question.body_name} about {question.recommendation.title}:"
    return ANSWER_FORM.asking([first, f"“{question.text}”"], metadata, may_identify, text=text)


def _quoted(text: str) -> Block | None:
    return as_written(text, "“", "”", limit=_LONGEST) if text else None
