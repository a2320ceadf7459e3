"""A request beside what is told, which says nothing of its own: "16 is finished, put it down would you"."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES

_ASKS = (
    r"(?:(?:so|and|but|then|please|pls|plz|kindly|just|maybe|can|could|would|will|(?:can|could|would|will) (?:you|u|we|i|someone|somebody)|do you mind|would you mind"
    r"|i'?d be grateful if you (?:could|would)|grateful if you (?:could|would)|if you (?:can|could|would)|you can|you could|you may|i'd like (?:you )?to|need (?:you )?to|i need (?:you )?to)[ ,]+)*"
)
_IT = r"(?:it|that|this|so|these|those|them|us|as such|accordingly)"
_WHERE = (
    r"(?:(?:down|in|up|as such|now|accordingly|formally|officially|properly|for (?:me|us|them|the record)|(?:on|in|into|to) the (?:register|system|record|log|tracker)"
    r"|on recbot|in recbot|on record|as well|too)\b ?)*"
)
_ENDS = r"(?:(?:please|pls|plz|thanks|thank you|ta|cheers|thx|would you|will you|could you|can you|for me|mate|if you (?:can|could|would)(?: please)?)[ ,]*)*"
_VERB = (
    r"(?:record(?:ing)?|log(?:ging)?|not(?:e|ing)|enter(?:ing)?|writ(?:e|ing)|minut(?:e|ing)|jot(?:ting)?|regist(?:er|ering)|captur(?:e|ing)|sav(?:e|ing)"
    r"|add(?:ing)?|updat(?:e|ing)|amend(?:ing)?|chang(?:e|ing)|reflect(?:ing)?)"
)
# "Put it down", "stick that in", "mark us down"
_PUTS_IT = (
    r"(?:put|putting|pop|stick|get|mark|bung|chalk|take) (?:it|that|this|them|us|those) (?:down|in|up|on)"
)
_REQUEST = (
    rf"{_ASKS}(?:{_PUTS_IT}|{_VERB} {_IT}|{_VERB} the (?:register|record|system|tracker|log)|{_VERB}(?= (?:please|pls|accordingly|would you|will you|could you|can you)\b))"
    rf" ?{_WHERE}{_ENDS}"
    rf"|(?:(?:so|and|please|pls)[ ,]+)*(?:can|could|may|might) {_IT} (?:please )?(?:be (?:recorded|logged|noted|entered|put (?:down|in|on)|registered|added|updated)|go (?:in|down|on)) ?{_WHERE}{_ENDS}"
    rf"|(?:(?:so|and)[ ,]+)*(?:please|pls|kindly) (?:record|log|note|update|register|enter) ?{_WHERE}{_ENDS}"
)
_AFTER_A_MARK = re.compile(
    rf"(?P<rest>.*\S)\s*(?:[,.;:!…]+|\s[-–—]+)\s*(?:{_REQUEST})[.!? ]*", re.IGNORECASE | re.DOTALL
)
# Without a mark before it only a request that asks somebody: "15 is done can you log that".
_WITHOUT_A_MARK = re.compile(
    r"(?P<rest>.*\S) (?=(?:(?:so|and) )*(?:please|pls|can you|could you|would you|will you|can u) )(?:"
    + _REQUEST
    + r")[.!? ]*",
    re.IGNORECASE | re.DOTALL,
)


def without_a_request_to_record(sentence: Sentence) -> Sentence:
    """Return what is told without the request that it be recorded; the sentence where nothing else is told."""
    text = sentence.straight.strip()
    match = _AFTER_A_MARK.fullmatch(text) or _WITHOUT_A_MARK.fullmatch(text)
    if match is None:
        return sentence
    rest = Sentence.of(sentence.text.strip()[: match.end("rest")], sentence.asker, sentence.around)
    is_told = rest.has(*STAGES, *ANSWERS, M.NOTE, M.EXTEND) and rest.named_refs == sentence.named_refs
    return rest if is_told and rest.named_refs else sentence
