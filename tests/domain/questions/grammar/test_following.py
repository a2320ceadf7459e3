"""What is typed to follow something."""

import pytest

from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichMeaning
from bot.domain.questions.grammar.typed_commands import ChannelMention, ListFollowed, Ref
from bot.domain.questions.grammar.typed_recordings import StartFollowing, StopFollowing
from bot.domain.questions.names import Region, ReportName
from tests.domain.shipped_names import body, understood

KENT = body("kent")
R15 = Ref(None, "15")
STALKING = ReportName("stalking", "The police response to stalking")
COORD = ChannelMention("C0COORD", "coordinators")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("follow 15", StartFollowing(R15)),
        ("follow #15", StartFollowing(R15)),
        ("follow stalking 15", StartFollowing(Ref("stalking", "15"))),
        ("follow kent", StartFollowing(KENT)),
        ("follow Kent weekly", StartFollowing(KENT)),
        ("follow wales", StartFollowing(Region("Wales"))),
        ("follow stalking", StartFollowing(STALKING)),
        ("follow stalking in <#C0COORD|coordinators>", StartFollowing(STALKING, COORD)),
        ("follow <#C0COORD|coordinators> kent", StartFollowing(KENT, COORD)),
        ("follow kent in the channel <#C0COORD>", StartFollowing(KENT, ChannelMention("C0COORD"))),
        ("unfollow kent", StopFollowing(KENT)),
        ("unfollow body kent in <#C0COORD|coordinators>", StopFollowing(KENT, COORD)),
        ("follow", ListFollowed()),
        ("unfollow", ListFollowed()),
    ],
)
def test_what_is_followed_and_where(typed: str, command: TypedCommand) -> None:
    assert understood(typed) == command


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("follow kent?", What.QUESTION),
        ("do not follow kent", What.QUESTION),
        ("follow kent in #coordinators", What.WHICH_CHANNEL),
        ("follow 15 kent", What.ONE_SUBJECT),
        ("follow 15 and 16", What.LEFT_OVER),
        ("follow in <#C0COORD|coordinators>", What.WHICH_SUBJECT),
        ("follow the money", What.UNKNOWN_NAME),
    ],
)
def test_what_is_not_followed(typed: str, what: What) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert problem.value.what is what


def test_what_is_offered_for_a_name_nearly_right_is_for_the_same_channel() -> None:
    with pytest.raises(WhichMeaning) as problem:
        understood("follow kant in <#C0COORD|coordinators>")
    assert problem.value.options[0].command == "follow body kent in <#C0COORD|coordinators>"
    assert understood(problem.value.options[0].command) == StartFollowing(KENT, COORD)
