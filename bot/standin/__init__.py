"""A Slack workspace on loopback, for the demo and the tests. It shares no code with the bot."""

from bot.standin.delivery import CommandFailed, FormOpened, NoReply, OperationTimeout, TroubleConnecting
from bot.standin.faults import rate_limited, slow
from bot.standin.forms import Form
from bot.standin.home import HomeView
from bot.standin.messages import Button, Call, Post, Reply, SharedFile
from bot.standin.people import Person
from bot.standin.stand_in import StandIn

__all__ = [
    "Button",
    "Call",
    "CommandFailed",
    "Form",
    "FormOpened",
    "HomeView",
    "NoReply",
    "OperationTimeout",
    "Person",
    "Post",
    "Reply",
    "SharedFile",
    "StandIn",
    "TroubleConnecting",
    "rate_limited",
    "slow",
]
