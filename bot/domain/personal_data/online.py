"""Find people's names on social media, and links to photographs and footage."""

import re
from collections.abc import Iterator
from itertools import chain

from bot.domain.personal_data.sentences import Span
from bot.domain.personal_data.word_lists import AREAS, INSTITUTIONS

_HANDLE = re.compile(r"(?<![\w.@/%+'<-])@(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{1,38}[A-Za-z0-9_]))(?![\w@])")
_NETWORKS = (
    r"(?:instagram|insta|ig|snap ?chat|snap|tik ?tok|twitter|facebook|fb|telegram|discord|reddit|tinder|bumble"
    r"|hinge|onlyfans|g ?mail|hotmail|yahoo|icloud|proton ?mail|kik|skype|steam|xbox|playstation|psn|threads|bluesky|mastodon|linked ?in|you ?tube|twitch"
    r"|strava|garmin|fitbit|vinted|ebay|depop|etsy|roblox|minecraft|fortnite|signal|viber|wechat|messenger|pinterest|tumblr|spotify|soundcloud|nextdoor|airbnb|badoo|grindr|tagged|myspace|quora|rumble|patreon|paypal|monzo|venmo|cash ?app|be ?real|whats ?app|yubo|omegle|plenty ?of ?fish|pof|match\.com|gumtree|marketplace|duolingo|wattpad|ask\.fm)"
)
_NAME_ON_IT = r"(?P<name>@?[A-Za-z0-9_](?:[A-Za-z0-9_.#-]{2,38})[A-Za-z0-9_])"
_NAMED = re.compile(
    rf"\b(?:{_NETWORKS}(?:'s)?(?: (?:account|profile|handle|username|user|name|id|page|tag|acc|acct|shop|store|channel|stream|server|blog|site))?|handle|user ?name"
    r"|screen ?name|gamer ?tag|profile name|online as|posts as|goes by|known online as|online (?:s?he|they)|(?:vlogs|blogs|streams|tweets|games|writes|performs|trolls) as)\b"
    rf"(?: (?:of|for|belonging to|\(now) (?:[\w']{{1,20}} ){{0,3}}?[\w']{{1,20}})?(?: (?:is|was|as|called|named|under|yw)\b)?[ :=(,'\"-]{{1,4}}(?=[\w@.#-]{{0,40}}[a-z])(?=@|(?-i:[\w.#-]{{0,40}}?(?:[\d_#]|\.\w|[a-z][A-Z]))){_NAME_ON_IT}",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"\b(?:instagram|facebook|fb|twitter|x|tiktok|snapchat|t|reddit|linkedin|threads|onlyfans|twitch|bsky|youtube|pinterest|strava|vinted|soundcloud|depop|tumblr|patreon|kick)"
    r"\.(?:com|me|net|app|tv|co|social|co\.uk)/(?:(?:add|in|u|user|profile|people|profile\.php\?id=)/?)?@?(?P<name>[\w.%-]{3,60})",
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
# What a name on social media has, and an ordinary word has not.
_SIGNS = re.compile(r"\d|_|\.|#|[a-z][A-Z]")
# Somebody in the workspace, whom Slack names by an id where a text mentions them.
_SLACK_ID = re.compile(r"[UW]0?[A-Z0-9]{4,20}")
_EVERYBODY = frozenset({"here", "channel", "everyone", "all", "home", "work", "team"})
_OFFICIAL = frozenset({"pcc", "opcc", "pfcc", "police", "heddlu", "apcc", "hmic", "cps", "gov", "comisiynydd", "mps",
                       "reel", "reels", "watch", "hashtag", "groups", "events", "pages", "explore",
                       "trust", "foundation", "service", "services", "support", "commissioner", "office", "constabulary", "uk"})  # fmt: skip
# Nobody signs for an institution like this: "@justice4anna2025".
_MADE_UP = re.compile(r"\d{2}|[a-z]\d[a-z]|_$|^_|\.[a-z]+\.")
_PARTS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
_HAS_LETTERS = re.compile(r"[A-Za-z]{3}")
_WORDS = re.compile(r"[^\W\d_]+")
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
    for match in chain(_SHOWN_NAME.finditer(text), _CALLS_HIMSELF.finditer(text)):
        if INSTITUTIONS.isdisjoint(_WORDS.findall(match["name"].casefold())):
            yield match.span("name")
    for match in _TAGGED.finditer(text):
        yield match.span()
    for match in _ON_A_NETWORK.finditer(text):
        name = match["name"]
        if (
            _HAS_LETTERS.search(name)
            and not _is_an_institutions(name.strip("\"'"))
            and (name[0] not in "\"'" or INSTITUTIONS.isdisjoint(_WORDS.findall(name.casefold())))
        ):
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
        or whole.endswith("bot")
        or _SLACK_ID.fullmatch(name) is not None
        or not parts.isdisjoint(_OFFICIAL)
        or (not _MADE_UP.search(name) and not parts.isdisjoint(INSTITUTIONS | AREAS))
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
    rf"(?<![\w./-])[\w-]{{1,80}}{_ENDINGS}",
    re.IGNORECASE,
)
_ALBUM = re.compile(
    r"(?:^|[/._=?&-])(?:photos?|pictures?|pics?|images?|img|selfies?|footage|cctv|bodycam|body-worn|bwv|dashcam"
    r"|doorbell|videos?|clips?|album|gallery|snapshots?|mugshots?|exhibits?|stills?|recording)(?=$|[/._=?&\d-])",
    re.IGNORECASE,
)
_WHERE_PICTURES_ARE = re.compile(
    r"imgur\.|flickr\.|flic\.|pho?tos?\.|img|pics?\.|images?\.|snaps?\.|icloud\.com|streamable\.|gopro\.|ring\.|nest\.com",
    re.IGNORECASE,
)
_SAYS_PICTURE = re.compile(
    r"\b(?:photo(?:s|graphs?)?|pictures?|pics?|images?|selfies?|footage|cctv|body ?-?cam|body-worn|bwv|dash ?cam"
    r"|doorbell|clips?|screen ?shots?|video(?:s)? of (?:her|him|the|them)|film(?:ed)?|stills?|lluniau|llun|ffilm|(?:the|this) one (?:in|with|on) |in this one|fideo|she'?s in|he'?s in|wearing|shows? (?:her|him|them)|(?:her|his) face|snapshots?|snaps?|scans?|scanned|passport|driving licence|posted (?:this|it|that|these) (?:of|about)|of (?:her|him|the (?:victim|suspect|house|flat|car))(?: \\w+){0,2}:?)\b",
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
_AN_INSTITUTIONS_PAGE = re.compile(
    r"pcc|police|heddlu|council|comisiynydd|commissioner|charity", re.IGNORECASE
)
# What somebody keeps with such a service is mostly pictures.
_STORED = re.compile(
    r"\b(?:icloud|google (?:drive|photos)|dropbox|one ?drive|we ?transfer|shared? (?:of|album|folder)|album|gallery|folder|upload(?:s|ed)?)\b",
    re.IGNORECASE,
)
_SPEAKS_OF_SOMEBODY = re.compile(
    r"\b(?:s?he|her|his|him|victim|suspect|perp|survivor|client|complainant|ex)\b", re.IGNORECASE
)
_SHOWS_SOMEBODY = re.compile(
    r"\b(?:real|actual|genuine|our) (?:survivor|victim|client|person|case)\b|\bshows? (?:her|him|the (?:victim|suspect))\b|\b(?:her|his) (?:face|picture|photo)",
    re.IGNORECASE,
)
_SHOWN_AFTER = re.compile(
    r",? (?:which |that )?(?:shows?|is a (?:photo|picture|video|clip) of|has) (?:her|him|them|the (?:victim|suspect|man|woman))\b",
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
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            if _leads_to_a_picture(match[0], before) or _SHOWN_AFTER.match(text, match.end()):
                yield match.span()
    for match in _PICTURE_FILE.finditer(text):
        if not _PUBLISHED.search(match[0]):
            yield match.span()


def _leads_to_a_picture(link: str, before: str) -> bool:
    if _OFFICIAL_HOST.match(link):
        return bool(_OF_A_CASE.search(link)) and bool(_PICTURE.search(link) or _ALBUM.search(link))
    if _PUBLISHED.search(link):
        return bool(_SHOWS_SOMEBODY.search(before))
    if _STORED.search(before) and _SPEAKS_OF_SOMEBODY.search(before):
        return True
    if _AN_INSTITUTIONS_PAGE.search(link) and not _OF_A_CASE.search(link + before):
        return False
    if _PICTURE.search(link) or _WHERE_PICTURES_ARE.search(link):
        return True
    if _MEETING.search(before):
        return False
    return bool(_ALBUM.search(link) or _SAYS_PICTURE.search(before))
