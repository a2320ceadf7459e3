"""Turns of speech that say the same as shorter words, put in their place before a sentence is read."""

import re

from bot.domain.questions.grammar.gate import POLITE_END, WANTED_AS_A_LIST
from bot.domain.questions.plain_words.answer_and_deadline_rewordings import ANSWERS_AND_DEADLINES
from bot.domain.questions.plain_words.order_rewordings import ORDERS
from bot.domain.questions.plain_words.place_rewordings import PLACES
from bot.domain.questions.plain_words.question_rewordings import QUESTIONS
from bot.domain.questions.plain_words.rewording_parts import Replacement
from bot.domain.questions.plain_words.standing_rewordings import LAST, STANDING
from bot.domain.questions.plain_words.time_and_people_rewordings import TIME_AND_PEOPLE

_WHAT = r"(?:the )?[\w' -]{2,40}?"
_SHORTER: tuple[tuple[str, Replacement], ...] = (
    # "Were saying yes to 15" is "we're", where nobody is asked about: "were they late" keeps its word.
    (
        r"^(?P<before>(?:(?:so|and|yes|yep|ok|hi|hello|right|well)[ ,]+)*)were"
        r" (?=(?:\w+ing|not|all|done|finished|stuck|blocked|happy|still|now|both|fully|nearly)\b)",
        r"\g<before>we're ",
    ),
    # "Wed like to accept 15": no day.
    (
        r"^(?P<before>(?:(?:so|and|yes|hi|hello|ok)[ ,]+)*)wed (?=(?:like|love|prefer|rather|want|be)\b)",
        r"\g<before>we'd ",
    ),
    # "Who else is blocked, or is it only us"
    (
        r"(?P<asked>\b(?:who|which|any(?:one|body)|has|is there|are there|how many)\b.*?)[,;]? or"
        r" (?:is it|is that|are we|am i|it is) (?:just|only|all|the only)\b[^,;?]*",
        r"\g<asked>",
    ),
    # "If you take the South West out", "leave London out and how is 25"
    (
        rf"(?:\b(?:if|when) (?:you|we|i) (?:take|leave|strip) (?P<what>{_WHAT})|^(?:take|leave) (?P<first>{_WHAT})(?= out\b[^,]*?(?:,| and\b)))"
        r" out(?: of (?:it|that|them|this))?(?! of\b)\b",
        lambda match: f"except {match['what'] or match['first']}",
    ),
    # "Put Norfolk and Suffolk side by side on 25 for me"
    (
        r"^(?:(?:please|pls|can you|could you|show me) )?(?:(?:put|set|lay|line up) )?(?P<what>.+?)"
        r" (?:side by side|next to each other|alongside each other)(?P<on> (?:on|for) .+?)?(?: for (?:me|us))?[.?! ]*$",
        r"\g<what>\g<on>",
    ),
    # "Kent tell me that they have finished 16" asks to be told nothing.
    (
        r"^(?P<who>(?:(?!(?:please|pls|can|could|would|will|you|so|ok|just|now|to|hi|hey|hello|and|recbot|who|what|someone|somebody)\b)"
        r"[\w'’&-]+ ){1,3})tells? (?:me|us) (?=(?:that|their|they|they're)\b)",
        r"\g<who>told us ",
    ),
    # "Open 25 up again for Gwent"
    (
        r"^(?P<before>(?:(?:please|pls|can you|could you) )*)open (?:up )?(?P<what>(?:rec\w* )?#?\d+\w?|[\w'’ -]{2,40}?)(?: back)?(?: up)? again\b",
        r"\g<before>reopen \g<what>",
    ),
    # "Put 16 back to open for Essex"
    (
        r"^(?P<before>(?:(?:please|pls|can you|could you|would you)[ ,]+)*)(?:put|set|move|turn|change|flip|switch|take) (?P<what>(?:rec\w* )?#?\d+\w?|[\w'’ -]{2,40}?) back to (?:being )?open\b",
        r"\g<before>reopen \g<what>",
    ),
    # "In progress on 25: names please"
    (
        rf"^(?P<state>[^:;?]{{4,60}}?) ?[:;,–-]+ ?(?:just )?(?:the )?(?:{WANTED_AS_A_LIST}){POLITE_END}$",
        r"who is \g<state>",
    ),
    # "<@U0SAM> has joined us, make them a coordinator"
    (
        r"^(?P<who><@\w+(?:\|[^>]*)?>)(?:'s| has| is)? (?:joined|joining|started with|come over to|moved to)[^,;:.]{0,40}[,;:.–-]+ ?(?:so )?(?:please |can you |could you )*(?P<makes>make|add|set up) (?:them|him|her) ",
        r"\g<makes> \g<who> ",
    ),
    # "Thames Valley want a month more on 25"
    (
        r"\b(?P<wants>(?:want|need|like|request|ask(?:ed|ing)? for|have|give|allow|take)s? (?:\w+ )?)(?:a|one) (?P<length>week|month|fortnight) (?:more|longer|extra)\b(?! than)",
        r"\g<wants>another \g<length>",
    ),
    (r"\b(?:at )?what time (?=(?:does|do|is the|will|would)\b)", "when "),
    (r"\bmore than once\b", "twice"),
    (r"\b(?P<from>from [\w ]{3,20}?) onwards?\b", r"\g<from>"),
    (r"\bnot counting weekends\b|\bexcluding weekends\b|\bwithout weekends\b", ""),
    (r"\b(?:is |are )?meant to be (?:finished|done|completed?)\b", "due"),
    (
        r"\b(?:who|any(?:one|body)) (?:have )?we(?:'ve| have)? not heard (?:a (?:peep|word|thing) )?from\b",
        "no word from",
    ),
    (r"\beverything (?P<who>[\w' -]{3,40}?) (?:has|have) (?:ever )?said\b", r"history of \g<who>"),
    # Who is asked for is wanted for that: "a name for somebody in Kent I can write to".
    (
        r"(?P<contact>\b(?:name|contact)\b.*?) (?:that |who |whom )?(?:i|we) can (?:write|speak|talk) to\b",
        r"\g<contact>",
    ),
    (
        r"\b(?:someone|somebody|a person) (?P<place>(?:in|at|from) .*?) (?:that |who |whom )?(?:i|we) can"
        r" (?:write|speak|talk) to\b",
        r"a contact \g<place>",
    ),
    # "Only our own line on 16, not the whole lot"
    (
        r"(?P<own>\b(?:our|my) (?:own )?.*?),? (?:and )?not (?:the )?(?:whole lot|lot|everyone|everybody|all 43)[.! ]*$",
        r"\g<own>",
    ),
    (
        r"\bwhat(?:'?s| is) (?:being )?(?:asked|required|expected|demanded) of (?:us|me) (?:under|by|in|on|for)\b",
        "the wording of",
    ),
    (r"(?P<search>\b(?:any )?mentions? of .+?) (?:anywhere|at all)[.?! ]*$", r"\g<search>"),
    (r"^(?:(?:please|pls|can you|could you) )?spell out\b", "show me"),
)
_READ = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        *QUESTIONS,
        *PLACES,
        *ORDERS,
        *ANSWERS_AND_DEADLINES,
        *_SHORTER,
        *STANDING,
        *TIME_AND_PEOPLE,
        *LAST,
    )
)


def as_it_is_meant(text: str) -> str:
    """Return the text with such turns of speech in their short form."""
    for pattern, replacement in _READ:
        # Few are there: `sub` does more than `search` even where it finds nothing.
        if pattern.search(text):
            text = pattern.sub(replacement, text)
    return text
