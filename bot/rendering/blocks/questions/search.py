"""`/recs search words`: where the words stand, with the number by which an update is cited."""

from bot.domain.questions.answers import SearchResult, UpdateView
from bot.rendering import terms, words
from bot.rendering.blocks.questions.lists import list_buttons, which_page, written
from bot.rendering.blocks.questions.updates import author, what_changed, when
from bot.rendering.screen import Block, Screen, lines, screen, small

# In characters: enough to tell what a text says around the words.
_SHOWN = 240


def search(hit: SearchResult) -> Screen:
    if not (hit.bodies or hit.recommendation_total or hit.text_total):
        return _nothing(hit)
    return screen(
        _headline(hit),
        *written(_lines(hit)),
        _named(hit),
        _left(hit),
        list_buttons(hit.typed, hit.page.number, has_more=hit.page.has_more),
    )


def _headline(found: SearchResult) -> str:
    counts = [
        words.count(n, name, many)
        for n, name, many in (
            (found.recommendation_total, "recommendation", "recommendations"),
            (len(found.bodies), "body", "bodies"),
            (found.text_total, "text", "texts"),
        )
        if n
    ]
    return f"“{found.words}” stands in {words.both(counts)}{which_page(found.page)}."


def _left(hit: SearchResult) -> Block | None:
    counts = [
        words.count(n, name)
        for total, name in (
            (hit.recommendation_total, "more recommendation"),
            (hit.text_total, "more text"),
        )
        if (n := hit.page.left_of(total))
    ]
    return small(f"… {words.both(counts)}.") if counts else None


def _lines(hit: SearchResult) -> list[str]:
    texts = []
    if hit.bodies and hit.page.number == 1:
        texts.append(f"Bodies: {words.names(hit.bodies)}")
    if hit.recommendations:
        texts.append("Recommendations:")
        for recommendation in hit.recommendations:
            ended = "" if recommendation.live else f" ({terms.status(recommendation.status)})"
            texts.append(
                f"  {words.capital(recommendation.title)}{ended}:"
                f" {snippet(recommendation.wording, hit.words)}"
            )
    if hit.texts:
        texts.append("Texts, newest first:")
        texts += [f"  {_text(view, hit.words)}" for view in hit.texts]
    return texts


def _text(view: UpdateView, wanted: str) -> str:
    """Update 137 · Kent, stalking 15 · 10 Mar 2025, 10:04 · note: “…” Kim Hale."""
    update = view.update
    title = view.recommendation.title if view.recommendation else ""
    about = ", ".join(name for name in (view.body_name, title) if name)
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


def _nothing(found: SearchResult) -> Screen:
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


def _named(hit: SearchResult) -> Block | None:
    """Whoever searches for a number may want the recommendation."""
    return small(f"`/recs {hit.names}` shows the recommendation itself.") if hit.names else None
