"""From plain words to what they ask for; by rules, and the same for the same words."""

import re
from collections.abc import Callable, Iterator

from bot.domain.questions.plain_words.about_recbot import asks_about_recbot
from bot.domain.questions.plain_words.asked_of_whom import asked_of_whom
from bot.domain.questions.plain_words.choosing import chosen_in
from bot.domain.questions.plain_words.clauses import clauses_in, two_questions_in
from bot.domain.questions.plain_words.following import follow_in
from bot.domain.questions.plain_words.frames import without_frames
from bot.domain.questions.plain_words.granting import grant_or_revoke
from bot.domain.questions.plain_words.helping import after_an_introduction, help_wanted
from bot.domain.questions.plain_words.kinds_of_question import question_in
from bot.domain.questions.plain_words.letters import letter_in
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.numbers_in_context import with_numbers_for_wording
from bot.domain.questions.plain_words.orders.done_in_part import one_of_them_done, some_of_it_done
from bot.domain.questions.plain_words.orders.reading import order_in
from bot.domain.questions.plain_words.pairs import known_of_a_pair
from bot.domain.questions.plain_words.people_asked_about import about_oneself
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import begun_by, not_understood
from bot.domain.questions.plain_words.rankings import ranking
from bot.domain.questions.plain_words.refusing import (
    not_for_recbot,
    of_something_else,
    orders_a_state,
    passes_on,
    quotes_a_command,
    refers_back,
    says_what_somebody_said,
    small_talk,
    speaks_of_one_office,
    strange_signs,
)
from bot.domain.questions.plain_words.report_itself import report_itself
from bot.domain.questions.plain_words.returning import return_in
from bot.domain.questions.plain_words.rewording import as_it_is_meant
from bot.domain.questions.plain_words.said_around import (
    without_faces,
    without_listed_words,
    without_words_about_oneself,
)
from bot.domain.questions.plain_words.said_by_a_body import said_by_a_body
from bot.domain.questions.plain_words.searching import mention_in, search_in
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.evidence_links import (
    as_handed_over,
    offered_with,
    with_its_link,
)
from bot.domain.questions.plain_words.states_apart import states_apart
from bot.domain.questions.plain_words.supposing import what_would_follow
from bot.domain.questions.plain_words.surroundings import Asker, Surroundings
from bot.domain.questions.plain_words.tokens import with_plain_entities
from bot.domain.questions.plain_words.understanding import (
    About,
    Answerable,
    Asked,
    Understanding,
    is_left_open,
)
from bot.domain.questions.plain_words.which_is_it import which_is_it
from bot.domain.questions.sense import makes_sense
from bot.domain.values import replace


def _one_question_in(sentence: Sentence) -> Understanding | None:
    """Return what a sentence asks; of two questions in one, both."""
    understood = question_in(sentence)
    if not isinstance(understood, Answerable) or understood.question is None:
        return understood
    return two_questions_in(sentence, understood.question) or understood


_RULES: tuple[Callable[[Sentence], Understanding | None], ...] = (
    strange_signs,
    small_talk,
    grant_or_revoke,
    follow_in,
    return_in,
    letter_in,
    said_by_a_body,
    mention_in,
    report_itself,
    ranking,
    help_wanted,
    one_of_them_done,
    some_of_it_done,
    not_for_recbot,
    what_would_follow,
    quotes_a_command,
    order_in,
    passes_on,
    orders_a_state,
    refers_back,
    says_what_somebody_said,
    speaks_of_one_office,
    search_in,
    about_oneself,
    lambda sentence: chosen_in(sentence, question_in),
    lambda sentence: which_is_it(sentence, question_in),
    _one_question_in,
    states_apart,
    clauses_in,
)


def understand(text: str, asker: Asker, around: Surroundings) -> Understanding:
    """Return what a plain sentence asks for. `text` is as typed, with Slack's mentions kept in it.

    A wrong answer is worse than none: a sentence with a word that is not accounted for is not understood."""
    if (linked := with_its_link(with_plain_entities(text))) is not None:
        rest, url = linked
        if (evidenced := offered_with(understand(as_handed_over(rest), asker, around), url)) is not None:
            return evidenced
    plain = without_listed_words(without_faces(as_it_is_meant(with_plain_entities(text))))
    sentence = Sentence.of(after_an_introduction(plain) or plain, asker, around)
    if (nothing_of_recbot := of_something_else(text, sentence)) is not None:
        return nothing_of_recbot
    denies_a_wish = _DENIES_A_WISH.search(sentence.lower) is not None
    framed = _without_frames(sentence) if denies_a_wish or _may_be_for_an_occasion(sentence) else None
    if denies_a_wish and framed is None:
        # What is not wanted would be taken for what is not so.
        return not_understood(sentence)
    if framed is not None and (
        denies_a_wish or len(framed.days) < len(sentence.days) or _is_for_somebody_else(sentence, framed)
    ):
        # "For my briefing on Friday" says when it is wanted, and no day that is asked about.
        sentence, framed = framed, None
    understood = _by_rules(sentence)
    if not is_left_open(understood):
        return understood
    for again in _read_again(sentence, framed or _without_frames(sentence)):
        if not is_left_open(other := _by_rules(again)):
            return other
    meant = framed or sentence
    return known_of_a_pair(sentence) or asked_of_whom(meant) or asks_about_recbot(meant) or understood


def _by_rules(sentence: Sentence) -> Understanding:
    for rule in _RULES:
        if (understood := rule(sentence)) is not None:
            return understood if _can_be_asked(understood, sentence) else not_understood(sentence)
    return _by_the_beginning_of_a_name(sentence) or not_understood(sentence)


def _without_frames(sentence: Sentence) -> Sentence | None:
    left = without_words_about_oneself(sentence)
    bare = Sentence.of(left, sentence.asker, sentence.around) if left else sentence
    left = without_frames(bare) or left
    return Sentence.of(left, sentence.asker, sentence.around) if left else None


# "I don't want a list, just how many are done" denies nothing of what is asked.
_DENIES_A_WISH = re.compile(
    r"\b(?:not|don'?t|do not) (?:really )?(?:want|need|care|interested|bothered|fussed|worried|after|looking|asking)\b.*\b(?:just|only)\b"
)
_NOT_FOR_RECBOT = (M.OUTSIDE, M.JUDGEMENT, M.WRITE)
_OCCASION = re.compile(
    r"\b(?:for|before|ahead|in time|meet\w*|writ\w*|following|further to|after our|board|panel|call|brief\w*|train|signal|seeing|on my way|wants?|asking)\b"
)


def _may_be_for_an_occasion(sentence: Sentence) -> bool:
    """Whether a day, or a word that is not for recbot, may say what the answer is wanted for."""
    if sentence.begins_clauses_with(M.JUDGEMENT):
        # "Should we say yes to 25" asks for advice, and not to be told of 25.
        return False
    if sentence.has(*_NOT_FOR_RECBOT):
        return True
    return bool(sentence.days) and _OCCASION.search(sentence.lower) is not None


def _is_for_somebody_else(sentence: Sentence, framed: Sentence) -> bool:
    """Whether what is said around holds words that are not for recbot: "on the train"."""
    return any(sentence.has(meaning) and not framed.has(meaning) for meaning in _NOT_FOR_RECBOT)


def _read_again(sentence: Sentence, framed: Sentence | None) -> Iterator[Sentence]:
    """Yield what else it may be: without what is said around it, or with a recommendation for words of its wording."""
    if framed is not None:
        sentence = framed
        yield sentence
    if (pieces := with_numbers_for_wording(sentence.pieces, sentence.around)) is not None:
        yield sentence.with_pieces(pieces)


def _can_be_asked(understood: Understanding, sentence: Sentence) -> bool:
    """Return whether an answer's question makes sense; what is no question is left to the rule that gave
    it."""
    if not isinstance(understood, Answerable) or understood.question is None:
        return True
    return makes_sense(understood.question, sentence.around.today)


def _by_the_beginning_of_a_name(sentence: Sentence) -> Understanding | None:
    """Ask which name is meant by a word that begins several, or is one of several, with all that was said
    beside it: "the north"."""
    for place, piece in enumerate(sentence.pieces):
        if piece.kind is not PieceKind.UNKNOWN:
            continue
        named = begun_by(piece.key.removesuffix("ern"), sentence.around)
        if not named:
            return None
        name = replace(piece, kind=PieceKind.NAME, named=named)
        understood = question_in(
            sentence.with_pieces((*sentence.pieces[:place], name, *sentence.pieces[place + 1 :]))
        )
        if isinstance(understood, Answerable) and (len(named) == 1 or not sentence.names):
            # Of several, a region beside it may have told which is meant.
            return Asked(About.NAME, (understood.command,))
        return understood
    return None
