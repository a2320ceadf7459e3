"""`/recs search words`, `search kent: words`: where they stand, with the number that cites an update."""

from bot.domain.questions.answers import SearchResult, UpdateView
from bot.rendering import terms, wordings, words
from bot.rendering.blocks.questions.lists import list_buttons, which_page, written
from bot.rendering.blocks.questions.updates import author, what_changed, when
from bot.rendering.screen import Block, Screen, lines, screen, small

# In characters: enough to tell what a text says around the words.
_SHOWN = 240


def search(result: SearchResult) -> Screen:
    if not (result.bodies or result.recommendation_total or result.text_total):
        return _nothing(result)
    return screen(
        _headline(result),
        *written(_lines(result)),
        _named(result),
        _left(result),
        _read_back_to(result),
        list_buttons(result.typed, result.page.number, has_more=result.page.has_more),
    )


def _headline(result: SearchResult) -> str:
    counts = [
        words.count(n, name, many)
        for n, name, many in (
            (result.recommendation_total, "recommendation", "recommendations"),
            (len(result.bodies), "body", "bodies"),
            (result.text_total, "text", "texts"),
        )
        if n
    ]
    of_which = _of_the_latest(result) if result.text_total else ""
    of_whom = f" by {result.of_body}" if result.of_body else ""
    return f"“{result.words}” stands in {words.both(counts)}{of_whom}{of_which}{which_page(result.page)}."


def _of_the_latest(result: SearchResult) -> str:
    """Write as in `12 texts of the latest 100,000 updates`, where not all texts were read."""
    return f" of the latest {words.count(result.latest, 'update')}" if result.latest else ""


def _left(result: SearchResult) -> Block | None:
    counts = [
        words.count(n, name)
        for total, name in (
            (result.recommendation_total, "more recommendation"),
            (result.text_total, "more text"),
        )
        if (n := result.page.left_of(total))
    ]
    return small(f"… {words.both(counts)}.") if counts else None


def _read_back_to(result: SearchResult) -> Block | None:
    """Say how far back texts were read where the register has more, and how to come to the others."""
    if result.read_back_to is None:
        return None
    return small(
        f"Texts are read back to {words.day(result.read_back_to)}. `/recs history 15` shows all of one"
        " recommendation, newest first."
    )


def _lines(result: SearchResult) -> list[str]:
    texts = []
    if result.bodies and result.page.number == 1:
        texts.append(f"Bodies: {words.names(result.bodies)}")
    if result.recommendations:
        texts.append("Recommendations:")
        for recommendation in result.recommendations:
            ended = "" if recommendation.live else f" ({terms.status(recommendation.status)})"
            texts.append(
                f"  {words.capital(wordings.named(recommendation))}{ended}:"
                f" {snippet(recommendation.wording, result.words)}"
            )
    if result.texts:
        texts.append("Texts, newest first:")
        texts += [f"  {_text(view, result.words)}" for view in result.texts]
    return texts


def _text(view: UpdateView, search_words: str) -> str:
    """Update 137 · Kent, stalking 15 · 10 Mar 2025, 10:04 · note: “…” Kim Hale."""
    update = view.update
    title = view.recommendation.title if view.recommendation else ""
    about = ", ".join(name for name in (view.body_name, title) if name)
    taken_back = " · taken back" if update.undone else ""
    pieces = [f"Update {update.seq}", about, when(update), what_changed(update)]
    author_of = f" {author(update)}" if update.author_name else ""
    excerpt = snippet(update.draft.text, search_words)
    return f"{' · '.join(piece for piece in pieces if piece)}: “{excerpt}”{author_of}{taken_back}"


def snippet(text: str, search_words: str) -> str:
    """Return the part of a text, on one line, in which the first of the words stands."""
    line = " ".join(text.split())
    if len(line) <= _SHOWN:
        return line
    places = (line.casefold().find(word.casefold()) for word in search_words.split())
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, min(first - _SHOWN // 3, len(line) - _SHOWN))
    end = start + _SHOWN
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


def _nothing(result: SearchResult) -> Screen:
    of_which = _of_the_latest(result)
    if result.of_body:
        return screen(
            f"“{result.words}” stands in no text by {result.of_body}{of_which} that you may read.",
            lines(["Every word has to stand in it, so fewer words find more; a part of a word will do."]),
            _read_back_to(result),
        )
    if_empty = f"no recommendation, no body and no text{of_which}" if of_which else "nothing"
    return screen(
        f"“{result.words}” stands in {if_empty} that you may read.",
        lines(
            [
                "Every word has to stand in it, so fewer words find more; a part of a word will do.",
                "`/recs deadlines all` lists what is owed, `/recs history` every update.",
            ]
        ),
        _named(result),
        _read_back_to(result),
    )


def _named(result: SearchResult) -> Block | None:
    """Offer the recommendation to whoever searches for its number."""
    return small(f"`/recs {result.names}` shows the recommendation itself.") if result.names else None
