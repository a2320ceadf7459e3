"""`/recs search words`: where the words stand, with the number by which an update is cited."""

from bot.domain.questions.answers import Found, UpdateView
from bot.rendering import words
from bot.rendering.blocks.questions.lists import list_buttons, which_page, written
from bot.rendering.blocks.questions.updates import author, what_changed, when
from bot.rendering.screen import Block, Screen, lines, screen, small

# In characters: enough to tell what a text says around the words.
_SHOWN = 240


def search(found: Found) -> Screen:
    if not (found.bodies or found.recommendation_total or found.text_total):
        return _nothing(found)
    return screen(
        _headline(found),
        *written(_lines(found)),
        _named(found),
        _left(found),
        list_buttons(found.typed, found.page.number, has_more=found.page.has_more),
    )


def _headline(found: Found) -> str:
    counts = [
        words.count(n, one, many)
        for n, one, many in (
            (found.recommendation_total, "recommendation", "recommendations"),
            (len(found.bodies), "body", "bodies"),
            (found.text_total, "text", "texts"),
        )
        if n
    ]
    return f"“{found.words}” stands in {words.both(counts)}{which_page(found.page)}."


def _left(found: Found) -> Block | None:
    counts = [
        words.count(n, one)
        for total, one in (
            (found.recommendation_total, "more recommendation"),
            (found.text_total, "more text"),
        )
        if (n := found.page.left_of(total))
    ]
    return small(f"… {words.both(counts)}.") if counts else None


def _lines(found: Found) -> list[str]:
    said = []
    if found.bodies and found.page.number == 1:
        said.append(f"Bodies: {words.names(found.bodies)}")
    if found.recommendations:
        said.append("Recommendations:")
        for one in found.recommendations:
            ended = "" if one.live else f" ({one.status})"
            said.append(f"  {words.capital(one.title)}{ended}: {snippet(one.wording, found.words)}")
    if found.texts:
        said.append("Texts, newest first:")
        said += [f"  {_text(told, found.words)}" for told in found.texts]
    return said


def _text(told: UpdateView, wanted: str) -> str:
    """Update 137 · Kent, stalking 15 · 10 Mar 2025, 10:04 · note: “…” Kim Hale."""
    update = told.update
    title = told.recommendation.title if told.recommendation else ""
    about = ", ".join(name for name in (told.body_name, title) if name)
    taken_back = " · taken back" if update.undone else ""
    pieces = [f"Update {update.seq}", about, when(update), what_changed(update)]
    by = f" {author(update)}" if update.author_name else ""
    said = snippet(update.draft.text, wanted)
    return f"{' · '.join(piece for piece in pieces if piece)}: “{said}”{by}{taken_back}"


def snippet(text: str, wanted: str) -> str:
    """The part of a text, on one line, in which the first of the words stands."""
    line = " ".join(text.split())
    if len(line) <= _SHOWN:
        return line
    places = (line.casefold().find(word.casefold()) for word in wanted.split())
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, min(first - _SHOWN // 3, len(line) - _SHOWN))
    end = start + _SHOWN
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


def _nothing(found: Found) -> Screen:
    return screen(
        f"“{found.words}” stands in nothing that you may read.",
        lines(
            [
                "Every word has to stand in it, so fewer words find more; a part of a word will do.",
                "`/recs deadlines all` lists what is owed, `/recs history` every update.",
            ]
        ),
        _named(found),
    )


def _named(found: Found) -> Block | None:
    """Whoever searches for a number may want the recommendation."""
    return small(f"`/recs {found.names}` shows the recommendation itself.") if found.names else None
