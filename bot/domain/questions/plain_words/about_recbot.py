"""Questions about how recbot works that name nothing of the register: "is undo permanent", "will I still get reminders".

They are asked for last, where nothing else was understood: the help of the verb that they are about is shown."""

import re

from bot.domain.questions.plain_words.help_topics import topic_of
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.understanding import Answerable

_DAYS_MAY_BE_OF = ("digest", "remind", "away")
_EVERYBODY_MAY_BE_OF = ("digest", "remind", "note", "follow")
# Whoever uses recbot, recbot itself, and what it keeps or sends.
_SOMEBODY = (
    r"(?:i|we|you|one|people|everyone|everybody|somebody|someone|anyone|anybody|recbot|it|they|this|that|others|other people|he|she"
    r"|(?:a|an|another|any|each|every|the|other|all) (?:\w+ )?(?:bod(?:y|ies)|contacts?|coordinators?|viewers?|persons?|people|colleagues?|officers?|forces?|offices?|pccs?|users?|bots?|system|tool|app|thing|association|inspectorate|home office|public|press|commissioners?)"
    r"|(?:my|our) (?:\w+ ){0,2}?(?:colleagues?|deputy|boss|team|office|chief|successor|manager|assistant|commissioner|pcc|pa|secretary|lead)|contacts|coordinators|viewers|colleagues)"
)
_MAY = r"(?:is|are|am|do|does|will|would|can|could|may|must|should|shall|might|need|ought)"
_SMALL = r"(?:still|ever|just|also|actually|really|always|even|have to|not)"
_ITS_THING = (
    r"(?:an? |the |my |our |any |your |these |this |another |each )?(?:\w+ )?(?:undo|notes?|comments?|reminders?|chasers?|digests?|extensions?|evidence|links?|attachments?|spreadsheets?|exports?|files?|maps?|charts?"
    r"|returns?|imports?|notifications?|alerts?|updates?|entry|entries|deadlines?|history|overdue|blocked|complete|completion|accepting|acceptance|declining|refusal|approvals?|permissions?|access|buttons?|commands?|forms?|letters?|search|calendar|reasons?|drafts?|permissions?|rights|lateness"
    r"|(?:undo|accept|declin|record|extend|not|chas|remind|export|import|withdraw|reopen|check|clos|grant|revok|redact|search|follow)ing)"
)
_ASKS_HOW_IT_WORKS = re.compile(
    r"(?:(?:so|and|but|or|ok|hi|hello|hey|please|quick question|one question|question|just|also|hypothetically|in theory|generally|in general|as a rule|normally|wondering|curious|am wondering|was wondering|i wonder|not sure|unsure) )*(?:whether |if )?"
    rf"(?!(?:is|are) (?:it|they|this|that|we|you|he|she) (?:all )?\w+$)(?:{_MAY} (?:{_SMALL} )*(?:{_SOMEBODY}|{_ITS_THING})\b"
    rf"|(?:how|when|where|why|how long|how often|how many times|how soon|how late|how far back|how many times|at what time|what time|which day|what day|what|who|whom|who else) {_MAY} (?:{_SMALL} )*(?:{_SOMEBODY}|{_ITS_THING})\b"
    r"|(?:is|are) there (?:a|an|any|some)\b|(?:is there )?any (?:way|means|chance|possibility|option|facility|limit)\b|what (?:is|are) (?:the |an? )?(?:\w+ ){1,3}?(?:limit|rule|rules|process|way)$"
    rf"|what (?:becomes of|happens with|happens to|goes in|goes into|is in) {_ITS_THING}\b|what (?:\w+ )?(?:do|does|can|may) (?:an? |the )?(?:contacts?|viewers?|coordinators?)\b"
    rf"|what (?:is|are) (?:the |an? )?{_ITS_THING}$|what about {_ITS_THING}$|what if (?:i|we|you|someone|somebody|a|the|my|our)\b|how about {_ITS_THING}$"
    r"|(?:i|we) (?:do not|can not|could not|am not|are not|have not) (?:\w+ )?(?:understand|know|see|get|find|work out|figure out|sure)\b"
    rf"|(?:i|we) (?:\w+ )?(?:want|need|would like|wonder|was wondering|wondered|am wondering)(?: to know| to find out| to understand)? (?:how|what|whether|if|why|when|where|about)\b"
    rf"|(?:tell|teach|show|talk)(?: (?:me|us))?(?: more| a bit| something)?(?: about| through) (?:how )?{_ITS_THING}\b"
    r"|if (?:i|we|you|someone|somebody|one|a body|a contact) \w+.* (?:what|how|can|do|does|will|would|is|are)\b"
    rf"|(?:\w+ ){{1,4}}(?:wants?|needs?|would like|is asking|are asking|asks?|asked) (?:to know |me |us )?how (?:to|i|we|one|you|they|a body|somebody|someone)\b)"
)
# What happened, who it was and how many were: of that the register is asked, and no help answers it.
_OF_THE_REGISTER = (M.HOW_MANY, M.PERCENT, M.LISTED, M.BY_REGION, M.JUDGEMENT, M.OUTSIDE, M.WRITE)


def asks_about_recbot(sentence: Sentence) -> Answerable | None:
    """Answer with the help of what the sentence is about; None where it names something of the register."""
    if sentence.of_kind(PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.PERSON, PieceKind.STRANGE):
        return None
    text = sentence.spelt_out
    if not _ASKS_HOW_IT_WORKS.match(text) or (
        sentence.has(*_OF_THE_REGISTER) and not text.startswith("how many times")
    ):
        return None
    if text.startswith("who ") and sentence.has(*STAGES, *ANSWERS, M.OVERDUE, M.WAITING):
        # "Who is blocked in the car park" asks for bodies, and knows more of them than the register.
        return None
    topic = topic_of(text)
    if topic is None or (sentence.days and topic not in _DAYS_MAY_BE_OF):
        return None
    if sentence.has(M.EVERYONE) and topic not in _EVERYBODY_MAY_BE_OF:
        return None
    return Answerable(f"help {topic}".strip())
