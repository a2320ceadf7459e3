"""Rankings cut at a number: "worst five on 15", "top three", "the ten slowest". Who is best is a judgement.

What can be counted is offered instead: who is overdue, or who is done."""

import re

from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import NotAnswered, Understanding, WhyNot

_HOW_MANY = r"(?:[2-9]|1\d|20|two|three|four|five|six|seven|eight|nine|ten|dozen|few|handful)"
_WORST = (
    r"(?:worst|bottom|slowest|latest|last|furthest behind|most overdue|most behind|weakest|tardiest|poorest)"
)
_BEST = r"(?:best|top|fastest|quickest|furthest ahead|furthest along|leading|strongest|star)"
_WHOM = r"(?: (?:bodies|forces|pccs|areas|offices|regions|performers|offenders|ones|places|mayors))?"
_WHERE = r"(?: (?:on|for|in|at|with|of) .+?)?"
_RANKING = re.compile(
    r"(?:(?:please|pls|so|and|ok|who are|who's|whos|who were|which are|what are|show me|give me|list|name|can i have|i need|tell me|our|the)[ ,]+)*"
    rf"(?:(?P<first>{_WORST}|{_BEST}) {_HOW_MANY}{_WHOM}|{_HOW_MANY}(?: of the)? (?P<second>{_WORST}|{_BEST}){_WHOM}"
    rf"|{_HOW_MANY}{_WHOM} (?P<third>furthest behind|furthest ahead|furthest along|most overdue))"
    rf"{_WHERE}(?: please| pls| thanks)*[?.! ]*"
)


def ranking(sentence: Sentence) -> Understanding | None:
    match = _RANKING.fullmatch(sentence.lower)
    if match is None or sentence.days:
        return None
    ranked = match["first"] or match["second"] or match["third"]
    subject = [str(ref) for ref in sentence.named_refs]
    subject += [report.key for piece in sentence.of_kind(PieceKind.NAME) for report in piece.reports[:1]]
    is_worst = re.fullmatch(_WORST, ranked) is not None
    about = " ".join(subject)
    counted = f"overdue {about}".strip() if is_worst else f"{about} complete" if about else "status"
    return NotAnswered(WhyNot.NOT_KNOWN, tuple(dict.fromkeys((counted, about or "status"))))
