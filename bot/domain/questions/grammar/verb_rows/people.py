"""Who has which role, and who hears what from recbot, when."""

from bot.domain.questions.grammar.absence import read_away, read_back
from bot.domain.questions.grammar.command import Verb
from bot.domain.questions.grammar.coordinating import read_remind
from bot.domain.questions.grammar.following import read_follow, read_unfollow
from bot.domain.questions.grammar.grants import read_grant, read_revoke
from bot.domain.questions.grammar.lookups import read_digest

PEOPLE: tuple[Verb, ...] = (
    Verb(
        ("grant",),
        read_grant,
        usage="/recs grant @user kent",
        examples=("/recs grant @user kent", "/recs grant @user kent second", "/recs grant @user coordinator"),
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
        ("away",),
        read_away,
        usage="/recs away until 30 Apr 2025",
        examples=("/recs away until 30 Apr 2025",),
        purpose="your reminders go to your body's other contact until then",
        asker="contact",
    ),
    Verb(
        ("back",),
        read_back,
        usage="/recs back",
        examples=("/recs back",),
        purpose="you are back, and your reminders come again",
        asker="contact",
    ),
    Verb(
        ("follow", "subscribe"),
        read_follow,
        usage="/recs follow kent",
        examples=("/recs follow 15", "/recs follow kent", "/recs follow wales", "/recs follow stalking"),
        purpose="one message a week about just that, if it changed; coordinators may add in #channel",
    ),
    Verb(
        ("unfollow", "unsubscribe"),
        read_unfollow,
        usage="/recs unfollow kent",
        examples=("/recs unfollow", "/recs unfollow kent"),
        purpose="shows what you follow, and ends it",
    ),
    Verb(
        ("digest",),
        read_digest,
        usage="/recs digest preview",
        examples=("/recs digest", "/recs digest preview", "/recs digest send"),
        purpose="when the next digest comes, what it would say, or send it now",
        asker="coordinator",
    ),
)
