"""Turns of speech by which people order or tell something, put as the shorter words that say the same: `rewording.py`
reads them."""

from bot.domain.questions.plain_words.rewording_parts import NUMBER, WHO, Replacement

_POLITE = r"(?:(?:please|pls|plz|ok|okay|yes|so|and|right|hi|hello|can you|could you|would you)[ ,]+)*"
_SAYS = {"yes": "yes", "acceptance": "yes", "no": "no", "refusal": "no", "rejection": "no"}
_DOES = {"accept": "accepts", "agree to": "accepts", "decline": "declines", "reject": "declines"}
_NO_NAMES = r"(?!(?:it|them|that|this|those|these|me|us|him|her|all|both|everyone|everything|the lot)\b)"

ORDERS: tuple[tuple[str, Replacement], ...] = (
    # "A month more for Cleveland on 16, tender failed"
    (
        rf"^{_POLITE}(?=(?:[\w]+ ){{0,3}}?(?:extra|further|more|additional|longer)\b)(?:(?:a|an|one|just a|just one) )?(?:(?:extra|further|more|additional) )?(?P<length>week|month|fortnight)"
        r"(?: (?:more|longer|extra|further))?(?= (?:for|on|please|with|to)\b)",
        r"another \g<length>",
    ),
    (
        r"\b(?:could|can|might) (?:really |probably |still )*do with (?=(?:some |a bit |a little )?(?:longer|more time|extra time|an extension|another|an extra|\w+ more)\b)",
        "need ",
    ),
    # "Would like another month on 15" asks nothing.
    (
        r"^(?:would|should) (?:really |very much )?like (?=(?:another|an?|some|more|longer|until|till|\d)\b)",
        "we would like ",
    ),
    # "Tick 16 off for Cleveland, I've seen their paper"
    (
        rf"^(?P<before>{_POLITE})(?P<verb>tick|sign) (?P<what>{_NO_NAMES}[\w'&-]+(?: [\w'&-]+){{0,2}}?) off\b(?! sick| work| as| on the)",
        r"\g<before>\g<verb> off \g<what>",
    ),
    # "The yes we gave on 15 was a mistake, it should be a no"
    (
        rf"^(?:(?:sorry|oops|no|actually)[ ,]+)*(?:our|the) (?P<was>yes|no|acceptance|refusal|rejection)(?: (?:that )?(?:we|i)(?:'ve| have)? (?:gave|given|put|recorded|sent|entered|said))?(?: in)? (?:on|to|for) (?P<what>{NUMBER})"
        r"(?: (?:was|is) (?:a mistake|wrong|an error|in error|not right|incorrect|by mistake|made in error)[,;.:–—-]* ?(?:and |so |but )?(?:it|that|this)?)? ?(?:should|ought to) (?:be|have been|read|say) (?:an? )?(?P<now>yes|no)[.! ]*$",
        lambda match: (
            match[0]
            if _SAYS[match["was"].casefold()] == match["now"].casefold()
            else f"we said {_SAYS[match['was'].casefold()]} to {match['what']} by mistake, it's a {match['now']}"
        ),
    ),
    (
        rf"^(?:(?:sorry|oops|no|actually)[ ,]+)*(?:our|the) (?:answer|response|reply|position)(?: (?:that )?(?:we|i)(?:'ve| have)? (?:gave|given|put|recorded|sent|entered|said))?(?: in)? (?:on|to|for) (?P<what>{NUMBER})"
        r"(?: (?:was|is) (?:a mistake|wrong|an error|in error|not right|incorrect|by mistake|made in error)[,;.:–—-]* ?(?:and |so |but )?(?:it|that|this)?)? ?(?:should|ought to) (?:be|have been|read|say) (?:an? )?(?P<now>yes|no)[.! ]*$",
        r"we say \g<now> to \g<what>",
    ),
    (
        rf"^(?:(?:sorry|oops|no|actually)[ ,]+)*(?:we|i)(?:'ve| have)? (?:got|put) (?P<what>{NUMBER}) (?:wrong|in wrong|down wrong|wrongly)[,;.:–—-]* ?(?:and |so )?(?:it|that)? ?(?:should|ought to) (?:be|have been|read|say) (?:an? )?(?P<now>yes|no)[.! ]*$",
        r"we say \g<now> to \g<what>",
    ),
    # "Change our yes on 16 to a no", "we've had a change of heart on 25, it's a no now"
    (
        rf"^{_POLITE}(?:change|switch|turn|move|flip) (?:our|my|the) (?:yes|no|answer|response|acceptance|refusal) (?:on|to|for) (?P<what>{NUMBER}) (?:to|into) (?:an? )?(?P<now>yes|no)(?: (?:please|pls|now|instead))*[.! ]*$",
        r"we say \g<now> to \g<what>",
    ),
    (
        rf"^(?:we|i)(?:'ve| have) (?:had a (?:change of heart|rethink)|changed (?:our|my) minds?) (?:on|about|over) (?P<what>{NUMBER})[,;.:–—-]+ ?(?:so |and )?(?:it's|it is|we say|now it's|make it) (?:now )?(?:an? )?(?P<now>yes|no)(?: (?:now|from us|please|instead))*[.! ]*$",
        r"we say \g<now> to \g<what>",
    ),
    # "Accept 25 for Kent, decline it for Essex"
    (
        rf"^(?:{_POLITE})(?P<says>accept|decline|reject|agree to) (?P<last>{NUMBER}) for (?P<body>{WHO})(?:,| and| but)+ (?P<other>accept|decline|reject|agree to) (?:it|that|the same) for (?P<second>{WHO})[.! ]*$",
        lambda match: (
            f"{match['body']} {_DOES[match['says'].casefold()]}, {match['second']} {_DOES[match['other'].casefold()]}, {match['last']}"
        ),
    ),
    # "Lincolnshire's 16 should go back to open"
    (
        rf"^(?=.* back to )(?P<what>[\w'’& -]{{0,40}}?{NUMBER}(?: (?:for|in) [\w& -]{{2,30}}?)?) (?:should|must|needs to|has to|can) (?:go|be (?:put|set|moved)|revert) back to (?:being )?open\b",
        r"reopen \g<what>",
    ),
    # "Durham, 16: back to open please, gap found"
    (
        rf"^(?=.*\bback to open)(?P<what>[\w'’& -]{{0,40}}?,? ?{NUMBER}(?: (?:for|in) [\w& -]{{2,30}}?)?)[,:;–—-]+ ?(?:please |pls )?back to open(?: (?:please|pls))?(?=[,;:.–—-]|[.! ]*$)",
        r"reopen \g<what>",
    ),
    # "Give us til 30 April on 25"
    (
        rf"^(?P<before>{_POLITE})(?:give|allow|let) (?:us|me)(?: have)? (?=(?:until|till|til|to)\b)",
        r"\g<before>we need ",
    ),
    # "Kent yes, Essex no, rec 16", "rec 16: Kent yes, Essex no"
    (
        rf"^(?=.*\b(?:yes|no)\b.*\b(?:yes|no)\b)(?:(?P<first>{NUMBER})\s*[:,;–—-]\s*)?(?P<body>[A-Z][\w&' -]{{1,30}}?)(?: is an?| says?|:| -)? (?P<says>yes|no)\s*(?:[,;]| and| but)\s*(?P<second>[A-Z][\w&' -]{{1,30}}?)(?: is an?| says?|:| -)? (?P<other>yes|no)(?:\s*[,;–—-]?\s*(?:(?:on|to|for) )?(?P<last>{NUMBER}))?[.! ]*$",
        lambda match: _each_in_its_own_words(
            ((match["body"], match["says"]), (match["second"], match["other"])),
            (match.groupdict().get("first") or match["last"] or ""),
            match[0],
        ),
    ),
    (
        rf"^(?:(?P<first>{NUMBER})\s*[:,;–—-]\s*)?(?:(?:it's|it is|that's) )?(?:an? )?(?P<says>yes|no) (?:for|from) (?P<body>{WHO})(?:,| and| but)+ (?:an? )?(?P<other>yes|no) (?:for|from) (?P<second>{WHO})(?:,? (?:on|to|for) (?P<last>{NUMBER}))?[.! ]*$",
        lambda match: _each_in_its_own_words(
            ((match["body"], match["says"]), (match["second"], match["other"])),
            (match.groupdict().get("first") or match["last"] or ""),
            match[0],
        ),
    ),
)
_ACCEPTS = {"yes": "accepts", "no": "declines"}


def _each_in_its_own_words(answers: tuple[tuple[str, str], ...], number: str, typed: str) -> str:
    """Return what each body says in a sentence of its own; what was typed, where both say the same or no number is
    named."""
    says = [answer.casefold() for _, answer in answers]
    if not number or len(set(says)) < len(says):
        return typed
    clauses = (f"{body} {_ACCEPTS[answer.casefold()]}" for body, answer in answers)
    return f"{', '.join(clauses)}, {number}"
