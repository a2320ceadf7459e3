"""Texts that say nothing ("asdf", "test", ".") and texts by which nothing was meant ("just asking").

Neither is recorded: whoever reads the history would find nothing there, or what nobody said."""

import re

from bot.domain.questions.grammar.certainty import SMALL_WORDS, words_in
from bot.domain.questions.grammar.words import EMOJI, words_of

_PLACEHOLDERS = words_in(
    "test testing test1 test2 test123 testtest asdf qwerty foo bar foobar baz blah bla lorem ipsum dolor"
    " tbc tbd tba n/a na"
    " nil null none nothing placeholder dummy xyz abc abcd whatever gibberish rubbish"
)
_BESIDE_PLACEHOLDERS = words_in("some text here only again one two three 1 2 3 sit amet etc")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST_RUN = 3
# Keys beside each other of which no word is made, having no "a" among them.
_WITHOUT_VOWELS = re.compile(r"[sdfghjkl]{4,}")

_MERELY = r"(?:only|just|simply|merely|purely)"
_TRIES = (
    r"(?:asking|wondering|checking|curious|enquiring|inquiring|testing|trying|playing|practi[sc]ing"
    r"|experimenting|looking|browsing"
    r"|seeing (?:how|what|if|whether) (?:it|this|that)\b.*)"
)
_WHAT_IS_TRIED = (
    r"(?: (?:this|it|that|things?|the (?:bot|form|system|command|button)|out|around|about|with|for now))*"
    r"(?: (?:how|what|if|whether)\b.*)?"
)
_NOT_MEANT = re.compile(
    # "Not declining, just asking"
    r"(?:(?:not|am not|we are not|we're not|i'm not|im not) (?:actually |really )?\w+ing"
    r"(?: (?:it|this|that|yet|anything))?[\s,;.–—-]+)?"
    rf"(?:(?:but|i|am|i'm|im|we|are|we're|was|were|this is|it's|its|it is|that was)[\s,]+)*"
    rf"(?:{_MERELY}[\s,]+(?:a |an |my |the )?(?:{_TRIES}{_WHAT_IS_TRIED}"
    r"|question|query|enquiry|thought|trial|demo|try|practice|test run)"
    rf"|(?:{_TRIES}){_WHAT_IS_TRIED}[\s,]+{_MERELY}"
    # "Trying out the bot", "this is a question", "a test of the bot"
    r"|(?:trying|testing|playing) (?:(?:out|around|with|this|it|the) )*"
    r"(?:out|bot|command|form|button|system|this)"
    r"|a (?:question|query|trial|demo|practice|dry) ?(?:run)?(?: only)?"
    r"|(?:what|not sure what|wondering what|see what) (?:would |will |might )?happens? (?:if|when)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAYS_IT_IS_A_QUESTION = re.compile(r"(?:this|it|that)(?:'s| is| was)\b", re.IGNORECASE)
_BARE_A = re.compile(r"a\b", re.IGNORECASE)


def says_nothing(text: str) -> bool:
    """Return whether a text holds nothing to be read later: signs alone, a key held down, "test", "n/a"."""
    text = text.strip()
    if not text or len(text) > _LONGEST or EMOJI.search(text) or "?" in text or "？" in text:
        return False
    if not any(sign.isalnum() for sign in text):
        # A picture says something: "🎉".
        return text.isascii() or not any(ord(sign) > _FIRST_PICTURE for sign in text)
    keys = [word.key for word in words_of(text)]
    if len(keys) == 1 and _is_one_letter(keys[0]):
        return True
    content = [key for key in keys if key not in SMALL_WORDS | _BESIDE_PLACEHOLDERS and key.strip(".-_…/")]
    return bool(content) and all(key in _PLACEHOLDERS or _is_from_the_keyboard(key) for key in content)


_FIRST_PICTURE = 0x2190
# Longer texts say something.
_LONGEST = 120
# Above that it is no key held down for a moment.
_LONGEST_OF_ONE_LETTER = 20


def _is_one_letter(word: str) -> bool:
    """Whether a word is one letter, perhaps several times: "x", "xxx"."""
    is_short = len(word) <= _LONGEST_OF_ONE_LETTER
    return is_short and len(set(word)) == 1 and word.isascii() and not word.isdigit()


def was_not_meant(text: str) -> bool:
    """Return whether a text says nothing but that its command is a question or a trial."""
    if len(text) > _LONGEST:
        return False
    text = " ".join(text.replace("’", "'").split()).strip(" .!…)(")
    if _BARE_A.match(text) and not _SAYS_IT_IS_A_QUESTION.match(text):
        return False
    return _NOT_MEANT.fullmatch(text) is not None


def _is_from_the_keyboard(word: str) -> bool:
    """Whether a word is keys beside each other, perhaps several times: "asdf", "qweqwe", "dfgh"."""
    if len(word) < _SHORTEST_RUN or not word.isalpha():
        return False
    if _WITHOUT_VOWELS.fullmatch(word):
        return True
    for length in range(_SHORTEST_RUN, len(word) + 1):
        run = word[:length]
        is_repeated = (run * (len(word) // length + 1)).startswith(word)
        if is_repeated and any(run in keys or run in keys[::-1] for keys in _KEYS):
            return True
    return False
