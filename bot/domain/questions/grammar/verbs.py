"""The table of verbs: all that can be typed after `/recs`. A new verb is a function and a row."""

from bot.domain.questions.account import Format
from bot.domain.questions.grammar.as_at import read_status_or_as_at
from bot.domain.questions.grammar.command import CommandText, TakesText, Verb, choice, without_page
from bot.domain.questions.grammar.coordinating import (
    read_add,
    read_ask,
    read_check,
    read_extend,
    read_import,
    read_remind,
    read_reopen,
    read_withdraw,
)
from bot.domain.questions.grammar.export import read_export
from bot.domain.questions.grammar.grants import read_grant, read_revoke
from bot.domain.questions.grammar.letter import read_letter
from bot.domain.questions.grammar.lookups import (
    read_calendar,
    read_changes,
    read_contacts,
    read_deadlines,
    read_digest,
    read_history,
    read_mine,
    read_overdue,
    read_return,
    read_search,
    read_waiting,
)
from bot.domain.questions.grammar.map import read_map
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.recordings import (
    read_acceptance,
    read_decline,
    read_note,
    read_partly,
    read_progress,
    read_stage,
    read_undo,
    read_update,
)
from bot.domain.questions.grammar.redaction import read_redact
from bot.domain.questions.grammar.typed_commands import Help
from bot.domain.questions.grammar.words import own_form, words_of
from bot.domain.register.redaction import Ground
from bot.domain.register.update import UNDO_WINDOW

_EVERYTHING = ("all", "more", "everything")


def read_help(command: CommandText) -> Help:
    rest, page = without_page(command.rest)
    text = own_form(words_of(rest)).removeprefix("with ").strip()
    if not text:
        return Help(page=page)
    if text in _EVERYTHING:
        return Help(page=2)
    verb = VERB_OF.get(text) or VERB_OF.get(text.split()[0])
    if verb is None:
        raise command.not_understood(What.UNKNOWN_VERB, command.rest, (choice("help"),))
    return Help(verb.name)


VERBS: tuple[Verb, ...] = (
    Verb(
        ("status", "show"),
        read_status_or_as_at,
        usage="/recs 15 kent",
        examples=(
            "/recs",
            "/recs 15",
            "/recs 15 kent",
            "/recs kent",
            "/recs 15 wales",
            "/recs wales",
            "/recs stalking",
            "/recs 15 as at 22 Nov 2024",
            "/recs 15 kent as known at 22 Nov 2024",
            "/recs wales as at 22 Nov 2024",
        ),
        purpose="how a recommendation, body, report or region stands, now or at the end of an earlier day",
        writes=False,
    ),
    Verb(
        ("deadlines", "deadline", "due"),
        read_deadlines,
        usage="/recs deadlines 30d",
        examples=(
            "/recs deadlines",
            "/recs deadlines 30d",
            "/recs deadlines before 1 Apr 2025",
            "/recs deadlines all",
        ),
        purpose="what falls due, in order",
        writes=False,
    ),
    Verb(
        ("overdue", "late"),
        read_overdue,
        usage="/recs overdue 15",
        examples=("/recs overdue", "/recs overdue 15", "/recs overdue kent", "/recs overdue 15 kent"),
        purpose="what is late, by how long, and with whom",
        writes=False,
    ),
    Verb(
        ("waiting", "awaiting"),
        read_waiting,
        usage="/recs waiting 15",
        examples=("/recs waiting", "/recs waiting 15", "/recs waiting kent", "/recs waiting 15 kent"),
        purpose="who has not responded",
        writes=False,
    ),
    Verb(
        ("changes", "changed"),
        read_changes,
        usage="/recs changes since 1 Mar",
        examples=("/recs changes", "/recs changes since Monday", "/recs changes since 1 Mar"),
        purpose="what changed since the last digest, or since a day",
        writes=False,
    ),
    Verb(
        ("mine",),
        read_mine,
        usage="/recs mine",
        examples=("/recs mine",),
        purpose="what your body owes",
        writes=False,
    ),
    Verb(
        ("history",),
        read_history,
        usage="/recs history 15 kent",
        examples=("/recs history 15", "/recs history 15 kent", "/recs history kent"),
        purpose="every update, newest first",
        writes=False,
    ),
    Verb(
        ("search", "find"),
        read_search,
        usage="/recs search advocates",
        examples=("/recs search advocates",),
        purpose="recommendations, bodies and texts in which the words stand",
        writes=False,
    ),
    Verb(
        ("export",),
        read_export,
        usage="/recs export 15 docx",
        examples=(
            "/recs export",
            "/recs export 15",
            "/recs export stalking xlsx",
            "/recs export kent internal",
            "/recs export 15 as at 22 Nov 2024",
        ),
        purpose=f"the account as a file ({', '.join(Format)}): what may be quoted; with internal, all of it",
        writes=False,
    ),
    Verb(
        ("map",),
        read_map,
        usage="/recs map 15",
        examples=("/recs map 15", "/recs map 15 as at 22 Nov 2024"),
        purpose="a picture of how a recommendation stands in each area",
        writes=False,
    ),
    Verb(
        ("letter", "the letter"),
        read_letter,
        usage="/recs letter stalking",
        examples=(
            "/recs letter stalking",
            "/recs letter stalking as at 22 Nov 2024",
            "/recs letter frame stalking",
        ),
        purpose="the letter that answers a report, ready to sign; its frame is kept in a form",
        asker="coordinator",
        writes=False,
    ),
    Verb(
        ("return",),
        read_return,
        usage="/recs return kent",
        examples=("/recs return kent",),
        purpose="a workbook of what a body has open, to be filled in by somebody without Slack and sent back",
        asker="contact",
        writes=False,
    ),
    Verb(
        ("calendar", "ics", "my calendar"),
        read_calendar,
        usage="/recs calendar",
        examples=("/recs calendar",),
        purpose="your deadlines as a file for your own calendar",
        writes=False,
    ),
    Verb(
        ("contacts",),
        read_contacts,
        usage="/recs contacts kent",
        examples=("/recs contacts", "/recs contacts kent", "/recs contacts wales"),
        purpose="who records for which body",
        writes=False,
    ),
    Verb(
        ("update", "record"),
        read_update,
        usage="/recs update 15 kent",
        examples=("/recs update 15", "/recs update 15 kent"),
        purpose="opens the form to record in",
        asker="contact",
        text=TakesText.AFTER_COLON,
        opens_form=True,
    ),
    Verb(
        ("accept", "agree", "accepted", "agreed"),
        read_acceptance,
        usage="/recs accept 15 kent",
        examples=("/recs accept 15", "/recs accept 15, 16 and 25", "/recs accept 15 kent"),
        purpose="records that a body accepts",
        asker="contact",
        takes_details=True,
    ),
    Verb(
        ("partly",),
        read_partly,
        usage="/recs partly 15 kent: why",
        examples=("/recs partly 15: why", "/recs partly 15 kent: why"),
        purpose="records that a body accepts in part, and why",
        asker="contact",
        takes_details=True,
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("decline", "reject", "declined", "rejected"),
        read_decline,
        usage="/recs decline 15 kent: why",
        examples=("/recs decline 15: why", "/recs decline 15 kent: why"),
        purpose="records that a body does not accept, and why",
        asker="contact",
        takes_details=True,
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("progress",),
        read_progress,
        usage="/recs progress 15 kent in progress: text",
        examples=(
            "/recs progress 15 in progress: text",
            "/recs progress 15 blocked: on what",
            "/recs progress 15 and 16 in progress decided by the Commissioner on 4 Mar 2025: text",
            "/recs progress 15 kent not started",
        ),
        purpose="records how far a body is",
        asker="contact",
        takes_details=True,
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("complete", "completed", "done", "finished"),
        read_stage,
        usage="/recs complete 15 kent: text",
        examples=("/recs complete 15: text", "/recs complete 15 kent: text"),
        purpose="records that a body has done it",
        asker="contact",
        takes_details=True,
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("in progress", "started", "begun", "under way", "underway"),
        read_stage,
        usage="/recs started 15 kent: text",
        examples=("/recs started 15: text",),
        purpose="records that a body has begun",
        asker="contact",
        takes_details=True,
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("blocked",),
        read_stage,
        usage="/recs blocked 15 kent: on what",
        examples=("/recs blocked 15: on what",),
        purpose="records that a body cannot go on, and on what it waits",
        asker="contact",
        takes_details=True,
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("not started", "not begun"),
        read_stage,
        usage="/recs not started 15 kent",
        examples=("/recs not started 15",),
        purpose="records that a body has not begun",
        asker="contact",
        takes_details=True,
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("note",),
        read_note,
        usage="/recs note 15 kent: text",
        examples=("/recs note 15: text", "/recs note 15 kent: text"),
        purpose="adds a note",
        asker="contact",
        takes_details=True,
        text=TakesText.ANYHOW,
    ),
    Verb(
        ("undo",),
        read_undo,
        usage="/recs undo",
        examples=("/recs undo",),
        purpose=f"takes back your own last update, within {UNDO_WINDOW}",
        asker="contact",
    ),
    Verb(
        ("extend", "extension"),
        read_extend,
        usage="/recs extend 15 kent 30 Apr 2025: why",
        examples=("/recs extend 15 30 Apr 2025: why", "/recs extend 15 kent 30 Apr 2025: why"),
        purpose="asks for more time; a coordinator who types it grants it",
        asker="contact",
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("ask",),
        read_ask,
        usage="/recs ask 15 kent: which service?",
        examples=("/recs ask 15 kent: which service?",),
        purpose="asks a body's contacts a question; both question and answer are kept",
        asker="coordinator",
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("check", "checked"),
        read_check,
        usage="/recs check 15 kent",
        examples=("/recs check 15 kent",),
        purpose="records that the association has checked what a body calls complete",
        asker="coordinator",
    ),
    Verb(
        ("reopen", "reopened"),
        read_reopen,
        usage="/recs reopen 15 kent: why",
        examples=("/recs reopen 15 kent: why",),
        purpose="records that it is not complete after all, and tells the body's contacts",
        asker="coordinator",
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("add",),
        read_add,
        usage="/recs add stalking",
        examples=("/recs add report", "/recs add stalking"),
        purpose="adds a report, or a recommendation in one, by a form",
        asker="coordinator",
        opens_form=True,
    ),
    Verb(
        ("import",),
        read_import,
        usage="/recs import",
        examples=("/recs import",),
        purpose="takes a table that you paste: contacts, recommendations, reports, returns",
        asker="coordinator",
        opens_form=True,
    ),
    Verb(
        ("withdraw", "withdrawn"),
        read_withdraw,
        usage="/recs withdraw 15: why",
        examples=("/recs withdraw 15: why", "/recs withdraw 15 superseded by stalking 28: why"),
        purpose="ends a recommendation, once you have seen what that changes",
        asker="coordinator",
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("redact", "erase"),
        read_redact,
        usage=f"/recs redact 137: {Ground.WRONG_PERSON}",
        examples=("/recs redact 137", *(f"/recs redact 137: {ground}" for ground in Ground)),
        purpose="erases an update's words for good, once you have seen what goes; that it was there stays",
        asker="coordinator",
        text=TakesText.AFTER_COLON,
    ),
    Verb(
        ("grant",),
        read_grant,
        usage="/recs grant @user kent",
        examples=("/recs grant @user kent", "/recs grant @user kent deputy", "/recs grant @user coordinator"),
        purpose="makes somebody a contact or a coordinator; several people and several bodies at once too",
        asker="coordinator",
    ),
    Verb(
        ("revoke",),
        read_revoke,
        usage="/recs revoke @user kent",
        examples=("/recs revoke @user kent", "/recs revoke @user coordinator"),
        purpose="takes a role back",
        asker="coordinator",
    ),
    Verb(
        ("remind", "chase"),
        read_remind,
        usage="/recs remind 15",
        examples=("/recs remind 15", "/recs remind 15 kent"),
        purpose="reminds the contacts of those who still owe it, and says whom",
        asker="coordinator",
    ),
    Verb(
        ("digest",),
        read_digest,
        usage="/recs digest preview",
        examples=("/recs digest", "/recs digest preview", "/recs digest send"),
        purpose="when the next digest comes, what it would say, or send it now",
        asker="coordinator",
    ),
    Verb(
        ("help",),
        read_help,
        usage="/recs help",
        examples=("/recs help", "/recs help accept"),
        purpose="what can be typed",
        writes=False,
    ),
)

VERB_OF: dict[str, Verb] = {word: verb for verb in VERBS for word in verb.words}

# How people say a verb in a sentence, where that is no word of the command.
SPOKEN = {
    "accepts": "accept",
    "agrees": "agree",
    "declines": "decline",
    "rejects": "reject",
    "completes": "complete",
    "finish": "finished",
    "finishes": "finished",
    "start": "started",
    "starts": "started",
    "began": "started",
    "begin": "begun",
    "withdrawn": "withdraw",
    "withdrew": "withdraw",
}
