"""Pieces of what the check looks for: a text of many of the same is the hardest for a pattern."""

import time

from bot.domain.personal_data.check import findings

PIECES = (
    "34-year-old A ", "a, 34, ", "Anna 34, ", "she is the head of A ", "nurse yn A ", "[DOB] ",
    "34-year-old from A called ", "J.T. from A, 34", "victim teaches at the a a a A ", "victims' a ",
    "we are now ",
    "the vicar of a a a A ", "the vicar of A A ", "victm ", "Anna was was ", "was was was ", "DOB of a a ",
    "Anna - 34 - ", "anna lives on a a a ", "V: ", "aged thirty ", "Bogna (the ", "our a a address ", "u/a",
    "a", "1", "0 ", "( ", "+", "-", "A b ", "a@", "a.", "1/1/", "jan 1 ", "born in ", "A1 1AA ",
    "1 a a a ", "1 a st A1 1A ", "dob 1/1/90 ", "victim, ", "victim's name ", "Amy Hill, victim, ",
    "CAD CR", "24*", "QQ 12 34 ", "999 ", "Mr ", "é", "\n", "Anna ", "A.", "A. ", "AB ", "The ", "the nurse ",
    "Anna, the ", "Anna works at a a a a a ", "car ", "@a ", "http://a", "photo ", "a dot ", "a at ", "'",
    '"', "@ ", "b. ", "Instagram ", "01632 960111 ", "Anna, 34 ", "victim anna ", "her ex ", "CAD/1/", "reg ",
    "12 Mill ", "Mill Road ", "a_", " ", "Anna of Mill ", "Anna, who now still both ", "tel 1 ", "mob 0.",
    "NHS 12", "born on Anna ", "log 1 of ", "oh seven ", "she is 34 and ", "victim is a ",
    "works nights on the ", "the nurse from a ", "V1 ", "AN/F/34/", "Anna 34 ", "a.a/", "her nurse, ",
    "the survivor who now ", "the only a ", "lives in the a ", "her partner is the ",
    "the girl from a ", "aa12 ",
    "the lady with a ", "her dob a ", "Anna North's order ", "order on Anna North ", "A, aged 34, ",
    "in her thirties ", "Subject 2/3/81 ", "lives above the ", "born aa ", "seven 1 ", "the A woman, ",
    "posts as 'a", "twitter name A A ", "NI 1 2 3 ", "in Ab ", "the the ",
    "passport of a a ", "0447 of 1 jan ", "her a teacher ", "The Ab twins ", "NY 37225 1", "Mrs A a bank ",
    "passport A1", "20-18-93 1", "4111 1111 ", "for 10 years ", "nurse a a ",
    "1.1.1.1 ", "1.1", "///a.", "53.4809, -2.1234 ", "4111 ", "GB33 AAAA ", "IP 1.",
    "Mrs A at home ", "poor Anna ", "R v A A ", "his a complaint ", "A NFRC1 ", "a/c 1", "my case is a ",
    "Mr A about his ", "is the new a ", "the a's wife ", "Anna, ", "AB, 3", "she is 34, ", ". A",
)  # fmt: skip
SHORT, LONG = 500, 4000  # characters
# For the long text a pattern takes 8 times as long where its time grows with the length, and 64 times as long
# where it grows with the square.
MOST_TIMES_AS_LONG = 32
# Below this a measure says more about the clock than about the check.
SHORTEST_MEASURE = 0.001  # seconds of the process


def seconds(text: str, tries: int) -> float:
    best = float("inf")
    for _ in range(tries):
        started = time.process_time()
        findings(text)
        best = min(best, time.process_time() - started)
    return max(best, SHORTEST_MEASURE)


def grows_with_the_text(piece: str) -> bool:
    """Whether the time of the check grows with the length of a text of this piece, and no faster."""
    short, long = ((piece * LONG)[:length] for length in (SHORT, LONG))
    if seconds(long, tries=1) < MOST_TIMES_AS_LONG * seconds(short, tries=1):
        return True
    # Another process may have been in the way.
    return seconds(long, tries=5) < MOST_TIMES_AS_LONG * seconds(short, tries=5)


def is_told_once_and_as_written(piece: str, length: int) -> bool:
    """Whether each finding in a text of this piece, `length` characters long, is told once, as written."""
    text = (piece * length)[:length]
    results = findings(text)
    return len(set(results)) == len(results) and all(finding.words in text for finding in results)
