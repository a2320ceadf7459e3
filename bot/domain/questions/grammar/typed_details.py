"""Details before the text of a command: `evidence https://… "title"`, `decided by the Board on 4 March`, and
of a progress `part a`.

They stand in any order, and only before the colon: what follows it is text. They are taken out of the words
before anything else is read, and put back into every command that is offered instead."""

import re
from datetime import date

from msgspec import Struct

from bot.domain.questions.grammar.words import NO_VICTIM, colon_in
from bot.domain.questions.written_dates import NotADate, day
from bot.domain.register.details import NO_DETAILS, Details
from bot.domain.values import replace

_LINK = re.compile(
    r"\bevidence(?:\s+(?:at|link|is))?\s*[:：]?\s+(?P<url>https?://\S+?)(?=[\s,;]|[:：](?:\s|$)|$)"
    r"(?:\s+[\"“”„«](?P<title>[^\"“”„«»\n]+)[\"“”»])?",
    re.IGNORECASE,
)
# An address without its beginning.
_HALF_LINK = re.compile(
    r"\bevidence(?:\s+(?:at|link|is))?\s*[:：]?\s+(?P<url>[^\s:]+[./][^\s:]+)", re.IGNORECASE
)
_DECISION = re.compile(r"\bdecided\s+(?=(?:by|on)\b)(?P<said>[^,;\ue001]*)", re.IGNORECASE)
_SEEN = re.compile(r"\s*,?\s*seen\s+(?:on\s+)?", re.IGNORECASE)
_INSTEAD = re.compile(r"\s*,?\s*instead\s+of\s+(?:#|update\s+)?(?P<seq>[0-9]{1,9})\b", re.IGNORECASE)
_PART = re.compile(r"\bpart\s+\(?(?P<label>[a-z]|[ivx]{2,4}|[0-9]{1,2})\)?(?=[\s,;]|$)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+", re.IGNORECASE)
_ON = re.compile(r"(?:^|\s)on\s+|\s(?=(?:yesterday|today)\b)", re.IGNORECASE)
_FIGURE = re.compile(r"[0-9]")
# "on the 4th of March 2025" is the longest way to say a day that is worth looking for.
_LONGEST_DATE = 6
# Stands where a detail was, so that no other reaches over it; nobody types it.
_TAKEN = "\ue001"


class TypedDetails(Struct, frozen=True):
    """What was read, and `unread`, the words of a detail that could not be. `part` is a label."""

    details: Details = NO_DETAILS
    unread: str = ""
    part: str = ""

    @property
    def are_there(self) -> bool:
        return self.details != NO_DETAILS or bool(self.part)

    @property
    def words(self) -> str:
        """The details as they are typed, so that they read back as themselves."""
        details = self.details
        by = f" by {details.decided_by}" if details.decided_by else ""
        on = f" on {details.decided_on.day} {details.decided_on:%b %Y}" if details.decided_on else ""
        title = f" “{details.evidence_title}”" if details.evidence_title else ""
        seen = f" seen {details.seen_on.day} {details.seen_on:%b %Y}" if details.seen_on else ""
        follows = f" instead of {details.follows}" if details.follows else ""
        evidence = f"evidence {details.evidence_url}{title}{seen}{follows}" if details.evidence_url else ""
        about = f"part {self.part}" if self.part else ""
        decided = f"decided{by}{on}" if by or on else ""
        return " ".join(piece for piece in (about, evidence, decided) if piece)


NOTHING_TYPED = TypedDetails()


def details_in(rest: str, own_words: frozenset[str], today: date) -> tuple[str, TypedDetails]:
    """Return the words of a command without its details, and the details.

    `own_words` are states, which nobody who decides is called; `today` is a London date."""
    head, after = _before_text(rest)
    confirmation = NO_VICTIM.search(head) if after else None
    end = head[confirmation.start() :] if confirmation else ""
    head = head[: confirmation.start()] if confirmation else head
    head, link = _without_link(head, today)
    url = link.evidence_url
    head, decided_by, decided_on, unread = _without_decision(head, own_words, today)
    if not url and (half := _HALF_LINK.search(head)) and after:
        unread = unread or half[0]
    details = TypedDetails(replace(link, decided_by=decided_by, decided_on=decided_on), unread)
    left = head.replace(_TAKEN, " ").rstrip()
    return (f"{left}{end}{after}", details) if details.are_there else (rest, details)


def without_part(rest: str) -> tuple[str, str]:
    """Return the words of a command without the part that it is about, and the label of that; empty where
    none stands before the text."""
    head, after = _before_text(rest)
    match = _PART.search(head)
    if match is None:
        return rest, ""
    left = f"{head[: match.start()].rstrip()} {head[match.end() :].lstrip()}".strip()
    return f"{left}{after}", match["label"].lower()


def with_details(command: str, details: TypedDetails) -> str:
    """Return another command with the details before its text."""
    if not details.are_there:
        return command
    head, after = _before_text(command)
    return f"{head.rstrip()} {details.words}{after}"


def _before_text(rest: str) -> tuple[str, str]:
    """Return the words before the colon that begins the text, and the text with its colon."""
    colon = colon_in(_LINK.sub(lambda match: "x" * len(match[0]), rest))
    return (rest, "") if colon is None else (rest[:colon], rest[colon:])


def _without_link(head: str, today: date) -> tuple[str, Details]:
    """Return the words without it, and the address with what stands behind it: a title, the day on which it
    was seen, the number of the update whose link it stands in place of."""
    match = _LINK.search(head)
    if match is None:
        return head, NO_DETAILS
    title = " ".join((match["title"] or "").split())
    seen_on, rest = _seen_on(head[match.end() :], today)
    instead = _INSTEAD.match(rest)
    rest = rest[instead.end() :] if instead else rest
    follows = int(instead["seq"]) if instead else None
    details = Details(match["url"], evidence_title=title, seen_on=seen_on, follows=follows)
    return f"{head[: match.start()]}{_TAKEN} {rest}", details


def _seen_on(rest: str, today: date) -> tuple[date | None, str]:
    """Return the day in "seen on 3 March kent", and what follows it."""
    match = _SEEN.match(rest)
    if match is None:
        return None, rest
    following = rest[match.end() :].split()
    for length in range(min(_LONGEST_DATE, len(following)), 0, -1):
        try:
            seen_on = day(" ".join(following[:length]), today, "past")
        except NotADate:
            continue
        return seen_on, " " + " ".join(following[length:])
    return None, rest


def _without_decision(head: str, own_words: frozenset[str], today: date) -> tuple[str, str, date | None, str]:
    """Return the words without it, who decided and when, and the words of what could not be read."""
    match = _DECISION.search(head)
    if match is None:
        return head, "", None, ""
    before, decided_on, left = _day_in(match["said"], today)
    if not before:
        # "on 4 March by the Commissioner"
        before, left = (left, "") if _BY.match(left) else ("", left)
    decided_by = " ".join(before.split()[1:])
    unread = bool(before) and not (_BY.match(before) and _is_somebody(decided_by, own_words))
    if unread or not (decided_by or decided_on):
        return head, "", None, match[0].strip()
    return f"{head[: match.start()]}{_TAKEN} {left} {head[match.end() :]}", decided_by, decided_on, ""


def _day_in(text: str, today: date) -> tuple[str, date | None, str]:
    """Return the day in "by the Commissioner on 4 March", with what stands before and after it."""
    for place in _ON.finditer(text):
        following = text[place.end() :].split()
        for length in range(min(_LONGEST_DATE, len(following)), 0, -1):
            try:
                decided_on = day(" ".join(following[:length]), today, "past")
            except NotADate:
                continue
            return text[: place.start()].strip(), decided_on, " ".join(following[length:])
    return text.strip(), None, ""


def _is_somebody(decided_by: str, own_words: frozenset[str]) -> bool:
    """Whether words can be who decided: no number, and no state, which may be the command's own."""
    if not decided_by or _FIGURE.search(decided_by):
        return False
    plain = f" {decided_by.casefold()} ".replace("-", " ")
    return not any(f" {word} " in plain for word in own_words)
