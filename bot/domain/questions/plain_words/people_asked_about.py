"""A person asked about by name: "what has Kim put in this week", "which bodies is Bob down for", "who is Dev".

Of a person the register knows what they recorded, and for whom they are a contact. The sentence is read as a row of
its words, with P for the person, N for a recommendation, R for a name beside and D for days: a pattern takes all of it or nothing."""

import re
from collections.abc import Mapping

from bot.domain.questions.model import MYSELF, Question, Shape
from bot.domain.questions.names import folded_words
from bot.domain.questions.people_called import those_called, typed_for
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.subjects import about
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.meanings import vocabulary
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import answered, answered_for_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.surroundings import Asker, Surroundings
from bot.domain.questions.plain_words.tokens import with_plain_entities
from bot.domain.questions.plain_words.understanding import NotAnswered, Understanding, WhyNot
from bot.domain.questions.plain_words.word_lists import ORDINARY_WORDS
from bot.domain.values import replace

# By Slack's user id, the name of everybody who holds a role or has recorded anything.
People = Mapping[str, str]

_MENTION = re.compile(r"<@(?P<user>[UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>(?P<possessive>['’]s\b)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LETTERS = {PieceKind.REF: "N", PieceKind.NAME: "R", PieceKind.DAY: "D", PieceKind.PERSON: "P"}

_RECORDS = (
    r"(?:record(?:ed|ing)?|put(?:ting)?(?: in| down| through)?|enter(?:ed|ing)?|log(?:ged|ging)?|sa(?:id|y|ying)|told us|tell us|updat(?:ed|e|ing)|done|did|do|doing"
    r"|chang(?:ed|e|ing)|add(?:ed|ing)?|submit(?:ted|ting)?|not(?:ed|ing)|writ(?:ten|e|ing)|wrote|fil(?:ed|ing)|report(?:ed|ing)?|sen[dt] in|been (?:doing|up to|recording|entering|putting in|adding)"
    r"|input(?:ted|ting)?|key(?:ed)? in|typed? in|answer(?:ed)?|respond(?:ed)?|repl(?:ied|y)|accept(?:ed)?|agree(?:d)?|declin(?:ed|e)|complet(?:ed|e)|finish(?:ed)?|start(?:ed)?|beg[au]n|contributed?|been (?:working )?on|touch(?:ed)?)"
)
_RECORDINGS = r"(?:updates?|entry|entries|changes?|notes?|recordings?|history|activity|logs?|records?|input|contributions?|edits?|submissions?|work|audit trail|trail|actions?)"
_SUBJECT = (
    r"(?:(?: (?:on|for|about|against|with|regarding|re|under|at|to|in|from|of))?(?: (?:the|and|or))* [NR])*"
)
_TIME = r"(?:(?: (?:since|in|on|during|over|from|for|within|after|between|to|and|the|through|throughout|as of|back in|up to))* D)*"
_TRAIL = rf"{_SUBJECT}{_TIME}{_SUBJECT}(?: (?:so far|yet|lately|recently|at all|exactly|ever|then|anywhere|to date|please|pls|thanks|thank you|ta))*"
_HAS = r"(?:has|have|had|did|does|is|was|are|were)"
_LAST = r"(?: (?:last|latest|most recent|recent|most recently|previous|past|own|other|first|all|earlier))*"
_LEAD = r"(?:(?:please|pls|so|and|ok|okay|hi|hello|hey|right|quick one|can|could|you|tell|show|remind|give|let|get|find|see|me|us|list|know|do|we|i|need|want|would like|like|to|just|look up|check|what is|what are)\s)*?"
_WHAT = r"(?:what|which|anything|everything|all|things|the things|stuff|the stuff|how much|what all|what else|the lot)"
# What somebody recorded.
_OF_RECORDINGS = re.compile(
    rf"{_LEAD}(?:"
    rf"{_WHAT}(?: {_RECORDINGS}| recs| recommendations| ones)?(?: that| which)? {_HAS} P(?: been)?(?: actually| already| just| ever| last| also)* {_RECORDS}(?: in| up| down)?{_LAST}{_TRAIL}"
    rf"|(?:anything|everything|all|all that|what|the things) P(?: {_HAS})?(?: ever| just| already)? {_RECORDS}(?: in| up| down)?{_LAST}{_TRAIL}"
    rf"|{_HAS} P(?: ever| actually| already| yet| just| also)* {_RECORDS}(?: (?:in|up|down|anything|something|any|an|a|the|answer|answers|{_RECORDINGS}))*{_TRAIL}"
    rf"|when {_HAS} P{_LAST} {_RECORDS}(?: (?:in|up|down|anything|something|any|an|a|{_RECORDINGS}))*{_LAST}{_TRAIL}"
    rf"|(?:when was )?(?:all |any |both )?(?:of )?P{_LAST} {_RECORDINGS}{_TRAIL}"
    rf"|(?:{_WHAT}|the|any|every|each|full|complete|recent|latest|last|most recent|newest|past| )*{_LAST}(?:{_RECORDINGS}|{_WHAT}|items?)(?: that| which)?(?: {_HAS})?(?: been)?(?: {_RECORDS}| made| coming| in)?{_SUBJECT} (?:by|from) P{_TRAIL}"
    rf"|history(?: of)? P{_TRAIL}|what is P up to|(?:the )?(?:last|latest) (?:thing|things|ones?) P(?: {_HAS})? {_RECORDS}{_TRAIL}"
    rf"|how many {_RECORDINGS}(?: {_HAS})? P (?:made|{_RECORDS}){_TRAIL}"
    rf")"
)
_ROLE_OF = (
    r"(?:down for|down as|down as the contact for|record(?:s|ing)? for|cover(?:s|ing)?|speak(?:s|ing)? for|act(?:s|ing)? for|look(?:s|ing)? after|responsible for|(?:the |a |our )?(?:contact|lead|rep|person) (?:for|at|in)"
    r"|in charge of|with|at|from|on|for|handl(?:e|es|ing)|deal(?:s|ing)? with|answer(?:s|ing)? for|represent(?:s|ing)?|updat(?:e|es|ing) for|work(?:s|ing)? (?:for|at|with|in)|report(?:s|ing)? for|respond(?:s|ing)? for|got|have|has|named for|registered for|set up for|linked to|attached to|based at|based in|assigned to|allowed to record for|able to record for|entitled to record for)"
)
_BODIES = r"(?: (?:bodies|body|forces?|areas?|pccs?|opccs?|offices?|ones?|patch|patches|commissioners?|organisations?|counties|county|places?))"
# For whom somebody is a contact.
_OF_ROLES = re.compile(
    rf"(?:(?:who|contacts?(?: by| of| for)?) )?P|{_LEAD}(?:"
    rf"P (?:which|what){_BODIES}|which of (?:our|the|your) contacts is P|who is P and (?:who|what|which{_BODIES}) (?:does|do|is|are) (?:he|she|they) {_ROLE_OF}"
    rf"|who(?: on earth| exactly| the heck| again)? (?:is|are|was) P(?: again| then| exactly| here)?|who P is|about P"
    rf"|(?:which|what|whose|who|whom|where)(?: all)?{_BODIES}? (?:is|does|can|has|did|may) P(?: currently| now| still| also| actually)* {_ROLE_OF}(?: then| exactly| these days| now| as a contact)?"
    rf"|where (?:is|does) P (?:work|based|from|sit)|what (?:is|does) P(?: (?:do|role|job|remit|patch))|what is P"
    rf"|(?:is|was|isnt) P(?: still| now| currently)?(?: down)?(?: as)?(?: (?:a|an|the|our|their|my|one of our|one of the))?(?: (?:named|main|second|first|current|right|registered|active))*(?: (?:contact|contacts|coordinator|coordinators|lead|rep|person|approver))(?: (?:for|at|in|of|to))?(?: R| anyone| anybody| us| anything| anywhere| any body)*"
    rf"|(?:does|can|may) P (?:record|speak|act|answer|cover|report|respond|update)(?: for)?(?: R| anyone| anybody| us| any body)*(?: or not)?"
    rf"|whose (?:contact|lead|rep|person|officer) is P|is P(?: still| now| currently)? (?:with|at|from|down for|down as the contact for|responsible for|in charge of|for) R"
    rf"|(?:list )?(?:of )?(?:all )?(?:the )?P(?: (?:list of|own))?(?:{_BODIES}| roles?| access| permissions?| rights| remit| contacts?| role)"
    rf"|(?:the )?(?:bodies|forces|areas|offices|contacts|roles|role|access|permissions|rights)(?: (?:for|of|that|which|by))? P(?: (?:has|{_ROLE_OF}))?"
    rf"|(?:what|which) (?:access|rights|permissions|roles?) (?:has|does|did) P(?: got| have| hold)?"
    rf")(?: (?:please|pls|thanks|thank you|ta))*"
)


def about_a_person(text: str, asker: Asker, around: Surroundings, people: People) -> Understanding | None:
    """Return what is asked of a person of the register; None where no such person is named, two are, or anything
    else is asked of them. `text` is as Slack sent it."""
    named = _with_a_mention(with_plain_entities(text), around, people)
    if named is None:
        return None
    typed, mentioned = named
    sentence = Sentence.of(mentioned, asker, around)
    row = " ".join(filter(None, map(_letter, sentence.pieces)))
    if _OF_ROLES.fullmatch(row):
        return answered(Question(shape=Shape.CONTACTS, by=typed), around)
    if not _OF_RECORDINGS.fullmatch(row):
        return None
    if _WHAT_WAS_SAID.fullmatch(row):
        # It may have been said anywhere.
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, (f"history by {typed}",))
    time = times.since(sentence)
    if time is None:
        return None
    return answered_for_places(sentence, replace(about(sentence), shape=Shape.HISTORY, time=time, by=typed))


# "What Cora said"
_WHAT_WAS_SAID = re.compile(
    r"(?:what|all|all that|everything) P(?: just| ever)? (?:said|says|say|told us|tells us)"
)

_I = (
    (re.compile(r"\bam i\b"), "is P"),
    (re.compile(r"\bdo i\b"), "does P"),
    (re.compile(r"\b(?P<verb>can|may|was) i\b"), r"\g<verb> P"),
)
_RECORDS_FOR = re.compile(
    r"\b(?:records?|recording|speak|act|down|responsible|update|cover|report|answer) for$"
)
# "What do I have", "what am I on" ask what is to be done.
_OF_WHAT_IS_TO_DO = re.compile(r"(?:what|which|which ones) .*\b(?:on|have|has|got|for|with|from|at)")


def about_oneself(sentence: Sentence) -> Understanding | None:
    """Return the question for whom the asker records: "am I a contact", "which bodies am I down for"."""
    row = " ".join(filter(None, map(_letter, sentence.pieces)))
    said_of_a_person = row
    for pattern, replacement in _I:
        said_of_a_person = pattern.sub(replacement, said_of_a_person)
    if said_of_a_person == row or not _OF_ROLES.fullmatch(said_of_a_person):
        return None
    if (
        _OF_WHAT_IS_TO_DO.fullmatch(row)
        and not sentence.has(M.BODY_WORD, M.CONTACT)
        and not _RECORDS_FOR.search(row)
    ):
        return None
    return answered(Question(shape=Shape.CONTACTS, by=MYSELF), sentence.around)


def _letter(piece: Piece) -> str:
    if piece.kind is PieceKind.MARK:
        return "" if piece.key in "?!.,-" else piece.key
    return _LETTERS.get(piece.kind, piece.key)


def _with_a_mention(text: str, around: Surroundings, people: People) -> tuple[str, str] | None:
    """Return what is typed for the one person who is named, and the text with a mention in the place of the name."""
    mentions = [match for match in _MENTION.finditer(text) if match["user"] != around.bot_user_id]
    if mentions:
        users = {match["user"] for match in mentions}
        if len(users) > 1 or not users <= people.keys():
            return None
        user = users.pop()
        return typed_for(user, people), _MENTION.sub(lambda match: _mention_of(match, user, around), text)
    runs = _names_in(text, around, people)
    if not runs or len({name.casefold() for _, _, name in runs}) > 1:
        return None
    name = runs[0][2]
    keys = those_called(name, people)
    mentioned = text
    for start, end, _ in reversed(runs):
        possessive = re.match(r"['’]s?(?!\w)", mentioned[end:])
        after = mentioned[end + (possessive.end() if possessive else 0) :]
        mentioned = f"{mentioned[:start]}<@{keys[0]}>{after}"
    return (typed_for(keys[0], people) if len(keys) == 1 else name), mentioned


def _mention_of(match: re.Match[str], user: str, around: Surroundings) -> str:
    return match[0] if match["user"] == around.bot_user_id else f"<@{user}>"


def _names_in(text: str, around: Surroundings, people: People) -> list[tuple[int, int, str]]:
    """Return the runs of words that are a person's name together: their places, and the name."""
    words = list(_WORD.finditer(text))
    runs: list[tuple[int, int, str]] = []
    place = 0
    while place < len(words):
        taken = next(
            (n for n in (3, 2, 1) if _is_a_name(text, words[place : place + n], n, around, people)), 0
        )
        if taken:
            start, end = words[place].start(), words[place + taken - 1].end()
            runs.append((start, end, text[start:end]))
        place += taken or 1
    return runs


def _is_a_name(
    text: str, words: list[re.Match[str]], length: int, around: Surroundings, people: People
) -> bool:
    if len(words) < length:
        return False
    name = text[words[0].start() : words[-1].end()]
    parted_by_spaces = " ".join(word[0] for word in words) == " ".join(name.split())
    # "And" and "the" are no words of a name.
    if not parted_by_spaces or len(folded_words(name)) < length or not those_called(name, people):
        return False
    if length > 1:
        return True
    # A word that is something else too is a name where only a name has a capital.
    word, known = name.casefold(), vocabulary()
    has_capital = name[0].isupper() and not text.isupper()
    if bool(known.meanings(word)) or word in ORDINARY_WORDS or word in around.name_words:
        return has_capital and words[0].start() > 0
    return has_capital or word not in known.known_words
