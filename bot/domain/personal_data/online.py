"""Find people's names on social media, and links to photographs and footage."""

import re
from collections.abc import Iterator
from itertools import chain

from bot.domain.personal_data.sentences import Span
from bot.domain.personal_data.word_lists import AREAS, INSTITUTIONS

_HANDLE = re.compile(r"(?<![\w.@/%+'<-])@(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{1,38}[A-Za-z0-9_]))(?![\w@])")
_NETWORKS = (
    r"(?:instagram|insta|ig|snap ?chat|snap|tik ?tok|twitter|facebook|fb|telegram|discord|reddit|tinder|bumble"
    r"|hinge|onlyfans|kik|skype|steam|xbox|playstation|psn|threads|bluesky|mastodon|linked ?in|you ?tube|twitch)"
)
_NAME_ON_IT = r"(?P<name>@?[A-Za-z0-9_](?:[A-Za-z0-9_.#-]{2,38})[A-Za-z0-9_])"
_NAMED = re.compile(
    rf"\b(?:{_NETWORKS}(?:'s)?(?: (?:account|profile|handle|username|user|name|id|page|tag))?|handle|user ?name"
    r"|screen ?name|gamer ?tag|profile name|online as|posts as|goes by|known online as)\b"
    rf"(?: (?:is|was|as|called|named|under|yw)\b)?[ :=('\"-]{{1,4}}{_NAME_ON_IT}",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"\b(?:instagram|facebook|fb|twitter|x|tiktok|snapchat|t|reddit|linkedin|threads|onlyfans|twitch|bsky)"
    r"\.(?:com|me|net|app)/(?:(?:add|in|u|user|profile|people|profile\.php\?id=)/?)?@?(?P<name>[\w.%-]{3,60})",
    re.IGNORECASE,
)
# "u/anna_north" on Reddit
_BY_LETTER = re.compile(r"(?<![\w/.])/?u/(?P<name>[\w-]{3,30})(?![\w/])")
_A_NETWORK = re.compile(rf"\b{_NETWORKS}\b", re.IGNORECASE)
# What a name on social media has, and an ordinary word has not.
_SIGNS = re.compile(r"\d|_|\.|#|[a-z][A-Z]")
# Somebody in the workspace, whom Slack names by an id where a text mentions them.
_SLACK_ID = re.compile(r"[UW]0?[A-Z0-9]{4,20}")
_EVERYBODY = frozenset({"here", "channel", "everyone", "all", "home", "work", "team"})
_OFFICIAL = frozenset({"pcc", "opcc", "pfcc", "police", "heddlu", "apcc", "hmic", "cps", "gov", "comisiynydd", "mps",
                       "reel", "reels", "watch", "hashtag", "groups", "events", "pages", "explore"})  # fmt: skip
_PARTS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
_LONGER_THAN_FIRST_NAMES = 9


def handles(text: str) -> Iterator[Span]:
    for match in _HANDLE.finditer(text):
        is_on_a_network = _A_NETWORK.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if (is_on_a_network or _looks_made_up(match["name"])) and not _is_an_institutions(match["name"]):
            yield match.span()
    for match in _NAMED.finditer(text):
        name = match["name"].lstrip("@")
        if (_SIGNS.search(name) or "@" in match["name"]) and not _is_an_institutions(name):
            yield match.span("name")
    for match in chain(_PROFILE.finditer(text), _BY_LETTER.finditer(text)):
        if not _is_an_institutions(match["name"]):
            yield match.span()


def _looks_made_up(name: str) -> bool:
    """Whether it is more than a colleague's first name: "@kim" is how people in Slack speak to each other."""
    return bool(_SIGNS.search(name)) or (len(name) >= _LONGER_THAN_FIRST_NAMES and not name.endswith("bot"))


def _is_an_institutions(name: str) -> bool:
    parts = {part.casefold() for part in _PARTS.findall(name)}
    whole = name.casefold()
    return (
        whole in _EVERYBODY
        or _SLACK_ID.fullmatch(name) is not None
        or not parts.isdisjoint(INSTITUTIONS | AREAS | _OFFICIAL)
        or any(word in whole for word in ("police", "pcc", "heddlu", "council", "gov", "nhs", "charity"))
    )


_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{3,400}", re.IGNORECASE)
_HOSTED = re.compile(
    r"\b(?:imgur\.com|flickr\.com|flic\.kr|photos\.app\.goo\.gl|photos\.google\.com|icloud\.com/photos|share\.icloud"
    r"|youtu\.be|youtube\.com|vimeo\.com|streamable\.com|dropbox\.com|we\.tl|wetransfer\.com|1drv\.ms"
    r"|drive\.google\.com)/[^\s<>\"]{2,300}",
    re.IGNORECASE,
)
_ENDINGS = r"\.(?:jpe?g|png|gif|heic|heif|webp|bmp|tiff?|mp4|mov|avi|mkv|webm|m4v|3gp|mpe?g|wmv)\b"
_PICTURE = re.compile(_ENDINGS, re.IGNORECASE)
# Without "https://": only what a text calls a picture before it.
_BARE = re.compile(
    r"(?<![\w./@-])[a-z0-9][a-z0-9-]{1,40}(?:\.[a-z0-9-]{2,30}){1,4}/[\w/?=&.%+-]{1,200}", re.IGNORECASE
)
_PICTURE_FILE = re.compile(
    rf"(?<![\w./\\-])[\w-]{{1,80}}{_ENDINGS}",
    re.IGNORECASE,
)
_ALBUM = re.compile(
    r"(?:^|[/._=?&-])(?:photos?|pictures?|pics?|images?|img|selfies?|footage|cctv|bodycam|body-worn|bwv|dashcam"
    r"|doorbell|videos?|clips?|album|gallery|snapshots?|mugshots?|exhibits?|stills?|recording)(?=$|[/._=?&\d-])",
    re.IGNORECASE,
)
_WHERE_PICTURES_ARE = re.compile(
    r"imgur\.|flickr\.|flic\.kr|photos\.|icloud\.com|streamable\.|gopro\.|ring\.com|nest\.com", re.IGNORECASE
)
_SAYS_PICTURE = re.compile(
    r"\b(?:photo(?:s|graphs?)?|pictures?|pics?|images?|selfies?|footage|cctv|body ?-?cam|body-worn|bwv|dash ?cam"
    r"|doorbell|clips?|screen ?shots?|video(?:s)? of (?:her|him|the|them)|film(?:ed)?|stills?|lluniau|llun|ffilm)\b",
    re.IGNORECASE,
)
# Pictures that offices publish.
_PUBLISHED = re.compile(
    r"logo|banner|map|chart|infographic|poster|leaflet|diagram|cover|icon|graph|flowchart|org-?chart|template"
    r"|brand|slide|screenshot-of-the|dashboard|header|footer|campaign|toolkit",
    re.IGNORECASE,
)
_OFFICIAL_HOST = re.compile(
    r"^(?:https?://)?(?:[\w-]+\.)*(?:police\.uk|gov\.uk|gov\.wales|parliament\.uk|nhs\.uk|college\.police\.uk)(?:[/:]|$)",
    re.IGNORECASE,
)
_OF_A_CASE = re.compile(
    r"cctv|footage|body-?cam|bwv|injur|victim|custody|evidence|exhibit|suspect|mugshot|e-?fit|statement",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:meeting|webinar|conference|panel|training|launch|event|session|speech|hearing|campaign|podcast|interview"
    r" with the commissioner|animation|explainer)\b",
    re.IGNORECASE,
)
_BEFORE = 70  # characters before a link in which a word for a picture tells what it leads to


def pictures(text: str) -> Iterator[Span]:
    for pattern in (_LINK, _HOSTED, _BARE):
        for match in pattern.finditer(text):
            if _leads_to_a_picture(match[0], text[max(0, match.start() - _BEFORE) : match.start()]):
                yield match.span()
    for match in _PICTURE_FILE.finditer(text):
        if not _PUBLISHED.search(match[0]):
            yield match.span()


def _leads_to_a_picture(link: str, before: str) -> bool:
    if _OFFICIAL_HOST.match(link):
        return bool(_OF_A_CASE.search(link)) and bool(_PICTURE.search(link) or _ALBUM.search(link))
    if _PUBLISHED.search(link):
        return False
    if _PICTURE.search(link) or _WHERE_PICTURES_ARE.search(link):
        return True
    if _MEETING.search(before):
        return False
    return bool(_ALBUM.search(link) or _SAYS_PICTURE.search(before))
