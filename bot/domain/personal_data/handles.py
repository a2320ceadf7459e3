"""Find people's names on social media."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import WORDS, Span, words_in
from bot.domain.personal_data.word_lists import AREAS, INSTITUTIONS

_HANDLE = re.compile(r"(?<![\w.@/%+'<-])@(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{1,38}[A-Za-z0-9_]))(?![\w@])")
_NETWORKS = (
    r"(?:instagram|insta|ig|snap ?chat|snap|tik ?tok|twitter|facebook|fb|telegram|discord|reddit|tinder|bumble"
    r"|hinge|onlyfans|g ?mail|hotmail|yahoo|icloud|proton ?mail|kik|skype|steam|xbox|playstation|psn|threads|bluesky|mastodon|linked ?in|you ?tube|twitch"
    r"|strava|garmin|fitbit|vinted|ebay|depop|etsy|roblox|minecraft|fortnite|signal|viber|wechat|messenger|pinterest|tumblr|spotify|soundcloud|nextdoor|airbnb|badoo|grindr|tagged|myspace|quora|rumble|patreon|paypal|monzo|venmo|cash ?app|be ?real|whats ?app|yubo|omegle|plenty ?of ?fish|pof|match\.com|gumtree|marketplace|duolingo|wattpad|ask\.fm)"
)
_NAME_ON_IT = r"(?P<name>@?[A-Za-z0-9_](?:[A-Za-z0-9_.#-]{2,38})[A-Za-z0-9_])"
_NAMED = re.compile(
    rf"\b(?:{_NETWORKS}(?:'s)?(?: (?:account|profile|handle|username|user|name|id|page|tag|acc|acct|shop|store|channel|stream|server|blog|site|stor(?:y|ies)|posts?|reels?|videos?|messages?|dms?))?|handle|user ?name"
    r"|screen ?name|gamer ?tag|profile name|online as|posts as|goes by|known online as|online (?:s?he|they)|(?:vlogs|blogs|streams|tweets|games|writes|performs|trolls) as)\b"
    rf"(?: (?:of|for|belonging to|\(now) (?:[\w']{{1,20}} ){{0,3}}?[\w']{{1,20}})?(?: (?:is|was|as|called|named|under|by|from|yw)\b)?[ :=(,'\"-]{{1,4}}(?=[\w@.#-]{{0,40}}[a-z])(?=@|(?-i:[\w.#-]{{0,40}}?(?:[\d_#]|\.\w|[a-z][A-Z]))){_NAME_ON_IT}",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"\b(?:instagram|facebook|fb|twitter|x|tiktok|snapchat|t|reddit|linkedin|threads|onlyfans|twitch|bsky|youtube|pinterest|strava|vinted|soundcloud|depop|tumblr|patreon|kick)"
    r"\.(?:com|me|net|app|tv|co|social|co\.uk)/(?:(?:add|in|u|user|profile|people|members?|shop|store|c|channel|athletes|usr|profile\.php\?id=)/?)?@?(?P<name>[\w.%-]{3,60})",
    re.IGNORECASE,
)
# 'Facebook name "Anna N"', "on Insta as Anna North": a name that looks like a person's.
_SHOWN_NAME = re.compile(
    rf"\b{_NETWORKS}(?:'s)? (?:account|profile|handle|username|user|name|id|page|tag|as|under|called|known as|in the name of|for|(?:is|was) (?:as|under|called)|s?he(?:'s| is| was| goes by))"
    r"(?: (?:is|was|as|called|named|under|yw|in the name of|for))?[ :=(]{1,3}"
    r"(?P<name>[\"'][^\"'\n]{3,40}[\"']|(?-i:[A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{0,20}){1,2}))",
    re.IGNORECASE,
)
# "Frostbyte (#1102)", "her @ is sparklymel"
_TAGGED = re.compile(r"(?<![\w@])[A-Za-z][\w.]{2,30} ?\(?#\d{4}\b|@ (?:is|was|=|:) ?[A-Za-z][\w.]{3,30}")
# "she follows her as notyou22 on TikTok", 'the account "Mark N" on Facebook'
_ON_A_NETWORK = re.compile(
    rf"(?<![\w@.])(?P<name>[\"'][^\"'\n]{{3,40}}[\"']|(?=[\w.#-]{{0,40}}?(?:[\d_#]|\.\w|[a-z][A-Z]))[A-Za-z0-9_][\w.#-]{{3,38}}\w)"
    rf" (?:is )?(?:on|over|via) (?i:{_NETWORKS})\b"
)
_CALLS_HIMSELF = re.compile(
    r"\b(?:posts|posting|posted|messages|messaging|messaged|goes by|calls (?:her|him)self|logs in|signs in|profile|account called"
    r"|profile called|page called|using the name|under the name|username)(?: (?:as|under|from|by))? ?"
    r"(?P<name>[\"'][^\"'\n]{3,40}[\"'])",
    re.IGNORECASE,
)
# "u/anna_north" on Reddit
_BY_LETTER = re.compile(r"(?<![\w/.])/?u/(?P<name>[\w-]{3,30})(?![\w/])")
_A_NETWORK = re.compile(rf"\b{_NETWORKS}\b", re.IGNORECASE)
# The first word of each network, and of what else is said before a name on one: most texts have none of them, and
# these patterns are the slowest.
_NETWORK_WORDS = frozenset(
    WORDS.findall(network.replace(" ?", gap))[0]
    for network in _NETWORKS[3:-1].split("|")
    for gap in ("", " ")
)
_NAMING_WORDS = _NETWORK_WORDS | {
    "handle", "user", "username", "screen", "screenname", "gamer", "gamertag", "profile", "online", "posts", "goes",
    "known", "vlogs", "blogs", "streams", "tweets", "games", "writes", "performs", "trolls",
}  # fmt: skip
# What a name on social media has, and an ordinary word has not.
_SIGNS = re.compile(r"\d|_|\.|#|[a-z][A-Z]")
# Somebody in the workspace, whom Slack names by an id where a text mentions them.
_SLACK_ID = re.compile(r"[UW]0?[A-Z0-9]{4,20}")
_EVERYBODY = frozenset({"here", "channel", "everyone", "all", "home", "work", "team"})
_OFFICIAL = frozenset({"pcc", "opcc", "pfcc", "police", "heddlu", "apcc", "hmic", "cps", "gov", "comisiynydd", "mps",
                       "reel", "reels", "watch", "hashtag", "groups", "events", "pages", "explore",
                       "trust", "foundation", "service", "services", "support", "commissioner", "office", "constabulary", "uk"})  # fmt: skip
_OF_INSTITUTIONS = INSTITUTIONS | AREAS
# Nobody signs for an institution like this: "@justice4anna2025".
_MADE_UP = re.compile(r"\d{2}|[a-z]\d[a-z]|_$|^_|\.[a-z]+\.")
_PARTS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
_HAS_LETTERS = re.compile(r"[A-Za-z]{3}")
_BEFORE = 70  # characters before a name in which a network may be named
_LONGER_THAN_FIRST_NAMES = 9


def handles(text: str) -> Iterator[Span]:
    yield from _names_after_a_sign(text)
    for match in _CALLS_HIMSELF.finditer(text):
        if not _names_an_institution(match["name"]):
            yield match.span("name")
    for match in _TAGGED.finditer(text):
        yield match.span()
    for match in matches((_PROFILE, _BY_LETTER), text):
        if not _is_an_institutions(match["name"]):
            yield match.span()
    words = words_in(text)
    if not _NAMING_WORDS.isdisjoint(words):
        yield from _names_that_are_told(text)
    if not _NETWORK_WORDS.isdisjoint(words) and _A_NETWORK.search(text):
        yield from _names_on_networks(text)


def _names_that_are_told(text: str) -> Iterator[Span]:
    """Find "her Insta is anna_north", "online as notyou22"."""
    for match in _NAMED.finditer(text):
        name = match["name"].lstrip("@")
        if (_SIGNS.search(name) or "@" in match["name"]) and not _is_an_institutions(name):
            yield match.span("name")


def _names_after_a_sign(text: str) -> Iterator[Span]:
    """Find "@anna_north99"; "@kim" only where a network is named before it."""
    for match in _HANDLE.finditer(text):
        is_on_a_network = _A_NETWORK.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if (is_on_a_network or _looks_made_up(match["name"])) and not _is_an_institutions(match["name"]):
            yield match.span()


def _names_on_networks(text: str) -> Iterator[Span]:
    for match in _SHOWN_NAME.finditer(text):
        if not _names_an_institution(match["name"]):
            yield match.span("name")
    for match in _ON_A_NETWORK.finditer(text):
        name = match["name"].strip("\"'")
        is_quoted = name != match["name"]
        if not _HAS_LETTERS.search(name) or _is_an_institutions(name):
            continue
        if not (is_quoted and _names_an_institution(name)):
            yield match.span("name")


def _names_an_institution(name: str) -> bool:
    return not INSTITUTIONS.isdisjoint(WORDS.findall(name.casefold()))


def _looks_made_up(name: str) -> bool:
    """Return whether it is more than a colleague's first name: "@kim" is how people in Slack speak to each
    other."""
    return bool(_SIGNS.search(name)) or (len(name) >= _LONGER_THAN_FIRST_NAMES and not name.endswith("bot"))


def _is_an_institutions(name: str) -> bool:
    parts = {part.casefold() for part in _PARTS.findall(name)}
    whole = name.casefold()
    return (
        whole in _EVERYBODY
        or whole.endswith("bot")
        or _SLACK_ID.fullmatch(name) is not None
        or not parts.isdisjoint(_OFFICIAL)
        or (not _MADE_UP.search(name) and not parts.isdisjoint(_OF_INSTITUTIONS))
        or any(word in whole for word in ("police", "pcc", "heddlu", "council", "gov", "nhs", "charity"))
    )
