"""A register in which everything has happened that recbot can do to one, all of it in its history."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import StartFollowing, StopFollowing, Withdraw
from bot.domain.questions.names import Body
from bot.domain.register.addressee import Stage
from bot.domain.register.letter_frame import FrameTexts
from bot.domain.register.people import PersonKey, Request, Role
from bot.operations.messages import reminders
from bot.operations.recording import follow, pause, quoting
from bot.operations.recording.grant import Authority, grant, revoke
from bot.operations.recording.letter_frame import save_frame
from bot.operations.recording.pass_on import pass_on
from bot.operations.recording.withdraw import withdraw
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, Register, accountable_case, occasion, person
from tests.operations.imports.test_imports import RECOMMENDATION, REPORT, into, standing
from tests.operations.recording.test_pass_on import KENT, MAYOR
from tests.prove.trace import Typed, reply

_TYPED = (
    (ALICE, "partly 15: two of the three parts"),
    (ALICE, "progress 15 in progress: two ISACs start in April"),
    (ALICE, "note 15: we met the provider"),
    (BOB, "complete 16: all is done"),
    (CORA, "check 16 surrey"),
    (BOB, "progress 15 blocked: waits for the ministry"),
    (BOB, "extend 25 30 May 2025: the provider needs longer"),
    (ED, "decline 25: it is done otherwise"),
    (ED, "note 25: taken back at once"),
    (ED, "undo"),
    (CORA, "extend 15 essex 30 Apr 2025: they asked by telephone"),
    (CORA, "accept 16 gwent"),
    (CORA, "complete 25 gwent: done"),
    (CORA, "reopen 25 gwent: the report is missing"),
    (ALICE, "extend 16 30 Apr 2025: staff change"),
    (CORA, "redact 140 anyway: wrong person"),
    (ALICE, "progress 25 in progress: it begins, and must go"),
    (CORA, "redact 154 anyway: wrong person"),
)
_AFTER = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)


def lived_in(url: str) -> Register:
    """Make a register in which Kent has ended and passed on what it owed; a report came by a file; roles were
    granted and ended."""
    register = accountable_case(url)
    services = register.services()
    for number, (who, text) in enumerate(_TYPED):
        shown = reply(services, Typed(who, text, NOW + timedelta(minutes=number), f"typed {number}"))
        assert shown is not None, text
    _roles_and_reminders(register)
    quoted = register.says(BOB, "note 25 surrey: nothing yet", _AFTER)
    quoting.allow_quoting(register.store, _then(BOB), [quoted])
    stopped = register.says(BOB, "note 16 surrey: not to be quoted after all", _AFTER)
    quoting.allow_quoting(register.store, _then(BOB), [stopped])
    quoting.stop_quoting(register.store, _then(BOB), [stopped])
    parts = standing(
        body="Essex", progress=Stage.IN_PROGRESS, progress_on=date(2025, 3, 3), parts_addressed="a"
    )
    later = standing(body="Essex", progress=Stage.COMPLETE, progress_on=date(2025, 3, 4))
    into(register, REPORT, RECOMMENDATION, parts, later, digest="a file")
    into(register, KENT, MAYOR, digest="bodies")
    assert pass_on(register.store, _AFTER)
    for version, opening in enumerate(("You wrote to us.", "You wrote to us in September.")):
        texts = FrameTexts(opening=opening, signatory="Cora Lane")
        save_frame(register.store, _then(CORA), "stalking", texts, seen_version=version)
    withdraw(register.store, _then(CORA), Withdraw(Ref("vetting", "3a"), reason="replaced"))
    return register


def _roles_and_reminders(register: Register) -> None:
    kent, surrey = register.body("kent"), register.body("surrey")
    for body in (kent, surrey):
        grant(register.store, _then(CORA), person(VIC), Authority(Role.CONTACT, body))
    grant(register.store, _then(CORA), person(BOB), Authority(Role.COORDINATOR))
    grant(register.store, _then(CORA), person(ED), Authority(Role.COORDINATOR))
    revoke(register.store, _then(CORA), ED, "Ed Moss", Authority(Role.COORDINATOR), even_the_last=True)
    _follows(register)
    pause.pause(register.store, _then(BOB), surrey.code)
    reminders.snooze(register.store, _then(BOB), "stalking-15", surrey.code)
    pause.pause(register.store, _then(VIC), kent.code)
    revoke(register.store, _then(CORA), VIC, "Vic Park", _contact_of(kent), even_the_last=True)


def _follows(register: Register) -> None:
    for number, (who, typed) in enumerate(
        (
            (VIC, "follow kent"),
            (VIC, "follow 15"),
            (VIC, "unfollow kent"),
            (CORA, "follow wales in <#C0COORD|coord>"),
            (BOB, "follow stalking"),
        )
    ):
        command = register.read(typed)
        request = occasion(who, _AFTER, f"follows {number}")
        if isinstance(command, StartFollowing):
            follow.follow(register.store, request, command, "")
        elif isinstance(command, StopFollowing):
            follow.unfollow(register.store, request, command, "")


def _contact_of(body: Body) -> Authority:
    return Authority(Role.CONTACT, body)


def _then(who: PersonKey) -> Request:
    return occasion(who, _AFTER)
