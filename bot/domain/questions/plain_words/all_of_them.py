"""Turns of speech that mean all recommendations that are live: "all three", "nothing left to do", "fully complete"."""

import re

_ALL = re.compile(
    r"\b(?:all|any|each|both|every one)(?: of)?(?: the)? (?:three|two|four|five|2|3|4|5|recs|recommendations)\b"
    r"|\b(?:done|finished|completed|delivered|accepted|started|begun) "
    r"(?:everything|the lot|the whole lot|them all|all of (?:them|it|em))\b"
    r"|\b(?:complete|done|finished|up to date|late|behind|in progress|started|under way|stuck|blocked) on "
    r"(?:everything|all of them|the lot)\b"
    r"|^(?:(?:please|pls|we|i|yes|ok|can|will|happy to|to) )*(?:accept|agree to|decline|reject|refuse|complete|finish) "
    r"(?:it all|everything|all|the lot|them all|all of (?:them|it))[.! ]*$"
)
# These are asked of bodies; a body that says so of itself is asked which recommendations it means.
_ASKS = r"\b(?:who|which|anyone|anybody|any (?:body|bodies|force|forces|office|offices|pcc|pccs|area|areas)|how many|bodies|forces|pccs|offices|areas|commissioners|mayors|list|names)\b"
_DONE = r"(?:done|finished|completed?|delivered|wrapped up|sorted|ticked off|signed off|over the line|done and dusted)"
_STATE = rf"(?:{_DONE}|accepted|agreed|signed up|started|begun|in progress|under way|blocked|stuck)"
_ASKED_OF_ALL = re.compile(
    rf"{_ASKS}.*(?:"
    # "Which PCCs have nothing left to do"
    r"\b(?:nothing|no (?:recs|recommendations|recommendation))(?: at all)? (?:(?:left|more|else|further|now) )*(?:to (?:do|finish|complete|deliver|close)|left|outstanding|remaining|unfinished)\b"
    rf"|\b(?:fully|completely|totally|entirely|wholly|utterly|100 ?%|100 per ?cent) {_DONE}\b"
    # "Which offices are all done"; "how many are all done" may be asked of each.
    rf"|\b(?:is|are) all {_DONE}\b"
    rf"|\b{_STATE} (?:across the board|on all fronts|on every front|on all counts|on every count|on each count|all round|altogether|on (?:each|every) one)(?: of them)?[.?! ]*$"
    rf"|\bevery ?thing (?:is |all |that is )?{_STATE}\b"
    rf"|\b{_STATE} (?:with |on )?all (?:of )?(?:its|their|his|her) (?:recs|recommendations|ones)\b"
    rf"|\b{_STATE} (?:with |on )?(?:every|each)(?: single| last)? (?:rec|recommendation)\b"
    r"|\b(?:with|has|have|had|got) all (?:of )?(?:its|their|his|her) (?:recs|recommendations)\b"
    r"|\b(?:with|on|of) the (?:whole|entire) (?:report|lot|thing|set)\b"
    rf"|\ball (?:of them|three|two|four|of the recs|of the recommendations)(?: are| is)? {_STATE}\b"
    r")"
)
# "How many are done with everything", "which bodies have all of theirs done"
_ASKED_OF_EVERYTHING = re.compile(
    rf"\b(?:who|whose|which|anyone|anybody|how many|any (?:body|bodies|forces?|offices?|pccs?|areas?))\b(?=.*\b(?:{_STATE}|ticked|crossed)\b)"
    r".*\b(?:everything|all of theirs|all theirs|(?:the|a) (?:full|whole|complete) (?:set|lot)|recs are all|recommendations are all)\b"
)
# "Who hasn't started any of them" denies it of each.
_DENIED_OF_EACH = re.compile(
    rf"{_ASKS}.*(?:n't|\bnot\b|\bnever\b|\byet to\b|\bstill to\b).*\bany of (?:them|it|those|these)[.?! ]*$"
    rf"|{_ASKS}.*\b{_STATE} none of (?:them|it|those|these)[.?! ]*$"
)


# "Who told you everything is done"
_TOLD = re.compile(r"\b(?:said|told|says|say|thinks?|claims?|reckons?) (?:that |me |us |you )*every")


def means_all_of_them(text: str) -> bool:
    """Return whether a text in small letters means all recommendations that are live, where it names none."""
    if _ALL.search(text):
        return True
    if ("any of " in text or "none of " in text) and _DENIED_OF_EACH.search(text):
        return True
    return not _TOLD.search(text) and bool(_ASKED_OF_ALL.search(text) or _ASKED_OF_EVERYTHING.search(text))
