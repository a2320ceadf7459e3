"""How a recommendation is named in a list, and how its wording is shown: the official one as a quotation with
its source, and our own paraphrase as what it is."""

from bot.domain.register.recommendation import Recommendation

IN_OUR_WORDS = "In our words: "


def named(recommendation: Recommendation) -> str:
    """Name a recommendation: stalking 15 (specialist services for victims; priority); without either,
    stalking 15."""
    return f"{recommendation.title}{_in_brackets(recommendation)}"


def numbered(recommendation: Recommendation) -> str:
    """Number a recommendation: 15 (specialist services for victims); without a short form, 15."""
    return f"{recommendation.number}{_in_brackets(recommendation)}"


def in_full(recommendation: Recommendation) -> str:
    """Write the wording in full: “Review …” (the report, page 14); In our words: find out …"""
    before, after = around(recommendation)
    source = f" ({recommendation.quoted_from})" if recommendation.is_quoted else ""
    return f"{before}{recommendation.wording}{after}{source}"


def around(recommendation: Recommendation) -> tuple[str, str]:
    """Return what stands before the wording and after it: quotation marks only where it is official."""
    return ("“", "”") if recommendation.is_quoted else (IN_OUR_WORDS, "")


def words_of(recommendation: Recommendation) -> str:
    """Say whose words its wording is in, as an export calls it."""
    return "official" if recommendation.is_quoted else "our own"


def _in_brackets(recommendation: Recommendation) -> str:
    marks = [recommendation.short_form, "priority" if recommendation.priority else ""]
    mark_names = "; ".join(mark for mark in marks if mark)
    return f" ({mark_names})" if mark_names else ""
