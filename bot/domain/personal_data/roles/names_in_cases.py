"""Find full names of which the text says what is said of people in a case, where no word such as "victim" stands
beside them: "Anna North's restraining order", "the order against Tom North", "Tom North was arrested"."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.names import people
from bot.domain.personal_data.sentences import Span

_PAPER = (
    r"(?:order|orders|spo|spos|sro|nmo|dvpn|dvpo|injunction|notice|charges?|allegations?|complaint|warrant|proceedings"
    r"|evidence|conviction|caution|case|cases|file|referral|disclosure|statement|call|calls|report|report made"
    r"|hearing|trial|sentencing|inquest|murder|death|killing|flat|house|home|phone|car|bail|arrest|release|safety"
    r"|parents?|family|mother|father|friends?|employer|boss|relatives|stalking|harassment|gorchymyn|achos|cwyn)"
)
# What stands right before the name of somebody in a case.
_BEFORE = re.compile(
    rf"\b{_PAPER} (?:\w+ )?(?:on|against|for|of|about|re|involving|concerning|regarding|from|by|in respect of|yn erbyn)"
    r" (?:a |an |the )?$"
    r"|\b(?:stalked|harassed|followed|abused|assaulted|threatened|attacked|raped|targeted|hounded|pestered|groomed"
    r"|strangled|murdered|killed|obsessed|fixated) (?:by|with|on) (?:a |an |the )?(?:mr |man called |certain )?$"
    r"|\b(?:tributes?|memorial|vigil|funeral) (?:to|for|of) $"
    r"|\b(?:apolog(?:y|ised|ise|ies)|compensation|refund|settlement|condolences|appeal|search)(?: \w+){0,2} (?:to|with|for) $"
    r"|\b(?:pc|dc|officers?|advocate|idva|isva|isac|caseworker|counsellor) (?:\w+ )?(?:spoke|talked|listened|went) (?:to|with) $"
    r"|\b(?:arrested|bailed|charged|remanded|convicted|recalled|sentenced|jailed|nfa|nfa'd|cautioned|protect|stalking"
    r"|harassing|following|threatening|rehoused|safeguard|marac heard|marac discussed)[ :-]{1,3}(?:a |the )?$",
    re.IGNORECASE,
)
# What stands right after it.
_AFTER = re.compile(
    r"(?:'s|')? (?:bruises|wounds|cell|medication|death|savings|restraining|stalking|non-molestation|protection|bail|police|spo|order|case|complaint|phone|car|house"
    r"|flat|home|injuries|stalker|ex|partner|husband|wife|boyfriend|girlfriend|mother|mum|father|dad|sister|brother"
    r"|daughter|son|family|parents|victim|breach|charge|conviction|sentence|solicitor|criminal)\b"
    r"(?! (?:lead|leads|service|services|policy|board|conference|commissioner))"
    r"|,? (?:who )?(?:was|is|has been|had been|were|got) (?:now |then |later |again |never |not |also |finally |re-?)?"
    r"(?:arrested|bailed|charged|remanded|convicted|recalled|sentenced|jailed|released on|released from|cautioned"
    r"|stalked|harassed|followed|attacked|assaulted|threatened|raped|murdered|killed|rehoused|on bail|on remand"
    r"|in custody|in (?:the|a|his|her) cell|in hospital|held for|kept in|fit to be|strip[ -]searched|stopped|searched|fined|handcuffed|bitten|robbed|burgled|scammed|defrauded|reported missing"
    r"|interviewed under caution|taken to hospital|on licence|at risk|at large|on the run|missing|wanted|high risk|too scared|scared|frightened|terrified|afraid|found (?:on|in|at|by|dead|hanging|wandering|collapsed|safe|injured)|living in fear|let down)\b"
    r"|,? (?:about|over|regarding|re) (?:his|her|their) (?:own |late )?(?:case|complaint|stalker|ex|sister|mother|daughter|son"
    r"|brother|partner|husband|wife|mum|dad|father|child|friend|neighbour)\b"
    r"| (?:down|an apology|a refund|an explanation|compensation)\b"
    r"|,? (?:who )?(?:remains|is still|was still) (?:unlawfully )?(?:at large|on the run|wanted|missing|in prison|in hospital|in custody|on bail|on remand|untraced)\b"
    r"|,? (?:who )?(?:breached|stalked|harassed|strangled|assaulted|admitted|pleaded|turned up|keeps (?:turning|ringing|messaging)"
    r"|denies|denied it|moved (?:house|away|out)|fled|reported (?:him|her|her|his|it)|rang (?:us|101|999|in)|complained"
    r"|withdrew|told (?:us|police|officers|the (?:panel|board|advocate|idva|officer)) (?:that |how )?(?:the police|police|nobody|(?:she|he) (?:felt|never|still|feared|waited|hadn't|couldn't|lost|moved|feels|lives|lived|slept|can't|was (?:scared|not|never|afraid|followed|stalked|being))|(?:her|his) (?:ex|stalker|phone|partner|husband|wife|family|kids|mum|boss|neighbour|advocate))"
    r"|(?:says|said|feels|felt) (?:that )?(?:she|he|her|his|the police|police|(?:nobody|no one)(?! \w+ (?:the|our|an?)\b)|scared|let down|safe|unsafe))\b",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 70  # characters


def names_in_cases(text: str) -> Iterator[Span]:
    """Yield the spans of the names."""
    for (start, end), office_follows in people(text):
        is_in_a_case = _AFTER.match(text, end) or _BEFORE.search(
            text[max(0, start - _LONGEST_BEFORE) : start]
        )
        if is_in_a_case and not office_follows:
            yield start, end
