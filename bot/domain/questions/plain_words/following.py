"""What asks for a weekly message, or ends it: "tell me weekly about Kent", "keep me posted on 15", "stop following Wales"."""

import re

from bot.domain.questions.grammar.command import unmistakable
from bot.domain.questions.names import Named
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.recorders import joined
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Offered, Understanding

_PLEASE = (
    r"(?:(?:please|pls|hi|hello|ok|can you|could you|would you|will you|can i|could i|may i|i'd like to|i would like to|i'd like you to"
    r"|i want to|i want you to|we want to|we'd like to|i'd like|i would like|i want|i need|i need to|let me|just)[ ,]+)*"
)
_MESSAGES = r"(?:alerts?|notifications?|news|messages?|updates?|emails?|e-mails?|stuff|things|anything|notices?|pings?)"
_CHANGES = r"(?:anything|something|it|things|there is (?:any|some) news|there's (?:any|some) news)"
_ABOUT = r"(?:about|on|of|for|to|from|with|re)"
_ORDERS = re.compile(
    rf"{_PLEASE}"
    r"(?:follow|(?:get |be )?subscribe(?:d)?(?: me| us)? to|keep an eye on|watch(?: out for)?|keep (?:a )?watch (?:on|over)|monitor"
    r"|sign (?:me|us) up (?:to (?:hear|get news|get updates) (?:about|from|on|for)|for|to)|put (?:me|us) (?:down|on the list) for"
    rf"|(?:(?:get|have|receive|be sent|send|give|set up|sign up (?:for|to))(?: (?:me|us))? )?(?:an? |the |some |regular )?(?:alerts?|notifications?|weekly (?:messages?|updates?|e-?mails?|news)) {_ABOUT}"
    r"|keep (?:me|us) (?:posted|informed|updated|up to date|in the loop|abreast|up to speed|in touch)"
    rf"|(?:alert|notify|ping|message) (?:me|us)(?: {_ABOUT}| (?:when|whenever|if|as soon as|every time)(?: {_CHANGES})?)"
    rf"|(?:tell|let|inform|update|hear|know|be told|find out)(?: (?:me|us))?(?: know)? (?:whenever|when|if|as soon as|every time|each time|the moment|the minute)(?: {_CHANGES})?(?=(?: on| with| in| for| about| to)? (?:rec\w* )?[\w' &-]+ (?:changes|moves|happens|is updated|updates|gets updated)\W*$"
    r"| (?:changes|moves|happens|is updated) (?:on|with|in|for|about|to) )"
    r"|(?P<tell>(?:tell|inform|update|notify|message|send|give|write to) (?:me|us)|let (?:me|us) know))(?= |$)"
)
_ENDS = re.compile(
    r"(?:(?:please|pls|can you|could you|i'd like to|i would like to|i want to|i want you to|i need to|let me|just)[ ,]+)*"
    r"(?:stop (?:me |us )?following|unfollow|unsubscribe(?: me| us)?(?: from)?|quit following|cease following"
    rf"|(?:stop|quit) (?:sending|giving|e-?mailing|messaging|telling) (?:me|us)(?: (?:the |any |all |more )?{_MESSAGES})?(?: {_ABOUT})?"
    rf"|stop (?:the |my |all )?{_MESSAGES} {_ABOUT}"
    rf"|(?:take|get) (?:me|us) off (?:the |that |your )?(?:{_MESSAGES}|list|mailing list|weekly (?:message|list))(?: list)?(?: {_ABOUT})?"
    rf"|no more {_MESSAGES} {_ABOUT}|(?:cancel|end|drop) (?:my|our|the) (?:subscription|following|follow|weekly message|{_MESSAGES}) {_ABOUT}"
    rf"|(?P<denied>(?:i |we )?(?:do not|don't|no longer) (?:want|need|wish)(?: to (?:follow|hear about|hear from|get|have|receive)| any| the)?(?: (?:any |more |the )?{_MESSAGES})?(?: {_ABOUT})?))(?= |$)"
)
_LASTS = re.compile(r"\b(?:any ?more|any longer|no longer)\b")
_WHAT_IS_FOLLOWED = re.compile(
    r"(?:so |and )?(?:what|which(?: \w+)?|who|whom) (?:am i|are we|do i|do we|have i) (?:been )?(?:currently |still )?(?:follow(?:ing|ed)?|subscribed? to|signed up (?:for|to)|watching)\W*"
    r"|(?:am i|are we|do i) (?:still |currently )?(?:follow(?:ing)?|subscribed to) anything\W*"
    r"|(?:list|show)(?: me)? (?:my (?:subscriptions|follows)|what i(?: am|'m)? follow(?:ing)?)\W*|my (?:subscriptions|follows)\W*"
)
_WEEKLY = re.compile(r"\b(?:weekly|(?:every|each|once a|once per|per) week)\b")
# Beside what is followed nothing else may be said.
_SMALL_WORDS = re.compile(
    r"(?:\b(?:what|how|that|which|has|have|is|are|any|all|the|a|an|one|about|on|of|with|for|in|to|me|us|please|pls"
    r"|thanks|thank|you|changes?|changed|changing|moves?|moved|moving|happens|happening|happened|goes|going|doing|gets|getting|when|whenever|if|there"
    r"|news|updates?|updated|progress|progressing|message|messages|emails?|summary|note|line|everything|anything|something|recommendations?|recs?|report|body|now|from|stuff|any ?more|any longer)\b"
    r"|[\s.,!?])*"
)


def follow_in(sentence: Sentence) -> Understanding | None:
    """Offer a weekly message about the one thing that is named, or its end; None where anything else is said."""
    if _WHAT_IS_FOLLOWED.fullmatch(sentence.lower):
        return Offered(("unfollow",))
    for verb, pattern in (("unfollow", _ENDS), ("follow", _ORDERS)):
        match = pattern.match(sentence.lower)
        if match is None or not _is_meant(match, sentence):
            continue
        return _offered(sentence, verb, match[0])
    return None


def _is_meant(match: re.Match[str], sentence: Sentence) -> bool:
    """Whether it is an order by itself, or says that it is to come weekly, or no longer."""
    groups = match.groupdict()
    if groups.get("denied"):
        return _LASTS.search(sentence.lower) is not None
    return not groups.get("tell") or _WEEKLY.search(sentence.lower) is not None


def _offered(sentence: Sentence, verb: str, order: str) -> Understanding | None:
    subjects = sentence.of_kind(PieceKind.REF, PieceKind.NAME)
    if len(subjects) != 1:
        return None
    (subject,) = subjects
    beside = f"{sentence.text[: subject.start]} {sentence.text[subject.end :]}"
    words = " ".join(beside.casefold().replace("’", "'").split()).removeprefix(order.strip())
    if not _SMALL_WORDS.fullmatch(_WEEKLY.sub(" ", words)):
        return None
    if subject.ref:
        return Offered((joined(verb, subject.ref),))
    named: tuple[Named, ...] = (*subject.bodies, *subject.regions, *subject.reports)
    return Offered(tuple(joined(verb, unmistakable(meaning)) for meaning in named))
