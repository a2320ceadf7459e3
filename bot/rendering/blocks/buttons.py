"""The buttons that many screens share.

Each value is a command as it could be typed, or an update's number."""

from collections.abc import Collection, Sequence

from bot.domain.questions.written import on_page
from bot.rendering.limits import bytes_sent
from bot.rendering.screen import BUTTON_VALUE, Block, asking_first, button

SHARE = "share"
MORE = "more"
CHOOSE = "choose"
# Asks in a form for the text that a command lacks.
ASK_TEXT = f"{CHOOSE}-text"
SHOW = "show"
UNDO = "undo"
ALLOW_PUBLISHING = "allow-publishing"
STOP_PUBLISHING = "stop-publishing"
UPDATE = "update"
UPDATE_ALL = "update-all"
CORRECT = "correct"

# What the commands on the buttons of one answer may take together, in characters and in bytes, and one alone
# in bytes: the text that they carry is shown above them too.
_LENGTH_OF_CHOICES = 5_500
_SIZE_OF_CHOICES = 16_000
_SIZE_OF_CHOICE = 12_000


def share(typed: str) -> Block:
    """Return the button that shows the answer to `typed` to everybody in the channel, as anybody may see
    it."""
    return button("Share in channel", SHARE, typed)


def more(typed: str, page: int) -> Block:
    """Return the button for the next page of the answer to `typed`."""
    return button("More", MORE, on_page(typed, page), f"More: page {page}")


def choose(
    options: tuple[tuple[str, str], ...],
    *,
    first: int = 1,
    about: str = "",
    lacking_text: Collection[str] = (),
) -> list[Block]:
    """Return a button for each thing that may have been meant: its label, and the whole command it stands
    for. Of several rows of them each counts on from another `first`, and says what it is `about`. That of a
    command that is `lacking_text` opens the form that asks for it.

    A command too long for a button gets none: the person copies it from the text shown."""
    fitting = [
        (place, label, command)
        for place, (label, command) in enumerate(options, start=first)
        if fits_on_a_button(command)
    ]
    length = sum(len(command) for _, _, command in fitting)
    size = sum(bytes_sent(command) for _, _, command in fitting)
    if length > _LENGTH_OF_CHOICES or size > _SIZE_OF_CHOICES:
        return []
    return [
        button(
            label,
            f"{ASK_TEXT if command in lacking_text else CHOOSE}-{place}",
            command,
            f"{label}, {about}" if about else "",
        )
        for place, label, command in fitting
    ]


def fits_on_a_button(command: str) -> bool:
    """Return whether a button can carry the command."""
    return 0 < len(command) <= BUTTON_VALUE and bytes_sent(command) <= _SIZE_OF_CHOICE


def show(title: str, label: str) -> Block:
    """Return the button that shows whoever clicks, and nobody else, how a recommendation stands."""
    return button(f"Show {label}", f"{SHOW}:{title}", title, f"Show {title}")


def undo(seq: int, spoken_label: str = "") -> Block:
    """Return the button that takes back the request that recorded update `seq`; `spoken_label` names all that
    goes with it."""
    return button("Undo", f"{UNDO}:{seq}", str(seq), spoken_label or f"Undo update {seq}")


def update(recommendation_id: str = "", body_code: str = "", title: str = "", body_name: str = "") -> Block:
    """Return the button that opens the form to record in, by the rights of whoever clicks. Without a
    recommendation the form asks which; without a body it is the clicker's own."""
    about = [part for part in (recommendation_id, body_code) if part]
    for_body = f" for {body_name}" if body_name else ""
    spoken_label = f"Update {title}{for_body}" if title else "Update: choose a recommendation"
    return button("Update", ":".join((UPDATE, *about)), " ".join(about) or UPDATE, spoken_label)


def update_all(body_names: str, body_code: str = "") -> Block:
    """Return the button that opens the form to record in with all ticked that a body has open, by the rights
    of whoever clicks. Without a body's code it is one of the clicker's own, and the form asks which where
    those are several."""
    action = f"{UPDATE_ALL}:{body_code}" if body_code else UPDATE_ALL
    spoken_label = f"Update all that is open for {body_names}"
    return button("Update all", action, body_code or UPDATE_ALL, spoken_label)


def answer(report_key: str, recommendation_id: str = "") -> Block:
    """Return the button that opens the form to answer a new report in, by the rights of whoever clicks: its
    only recommendation, or one to be chosen."""
    value = recommendation_id or UPDATE
    return button("Answer", f"{UPDATE}:answer", value, f"Answer {report_key}")


def correct(seq: int) -> Block:
    """Return the button that opens the form with the words of one's own update `seq`, to record them anew as
    they should be."""
    return button("Correct", f"{CORRECT}:{seq}", str(seq), f"Correct update {seq}")


def allow_publishing(seqs: Sequence[int]) -> Block:
    """Return the button that lets everybody read texts. It asks once more: what everybody has read cannot be
    unread."""
    return asking_first(
        button("Allow publishing", ALLOW_PUBLISHING, " ".join(map(str, seqs))),
        "Let everybody read this text?",
        "It can then stand in the published account, and everybody in the workspace can read it here."
        " You can stop that again.",
        yes="Allow publishing",
        no="Not now",
        style="primary",
    )


def stop_publishing(seqs: Sequence[int]) -> Block:
    """Return the button that takes the leave to publish back."""
    return button("Stop publishing", STOP_PUBLISHING, " ".join(map(str, seqs)))
