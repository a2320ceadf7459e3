"""Find links to photographs and footage of people."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import Span

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
    r"|doorbell|clips?|screen ?shots?|video(?:s)? of (?:her|him|the|them)|film(?:ed)?|stills?|lluniau|llun|ffilm|(?:the|this) one (?:in|with|on) |in this one|fideo|she'?s in|he'?s in|wearing|shows? (?:her|him|them)|(?:her|his) face|snapshots?|snaps?|scans?|scanned|passport|driving licence|posted (?:this|it|that|these) (?:of|about)|of (?:her|him|the (?:victim|suspect|house|flat|car)))\b",
    re.IGNORECASE,
)
# Pictures that offices publish.
_PUBLISHED = re.compile(
    r"logo|banner|map|chart|infographic|poster|leaflet|diagram|cover|icon|graph|flowchart|org-?chart|template"
    r"|how-?to|guide|e-?learning|tutorial|explainer|brand|slide|screenshot-of-the|dashboard|header|footer|campaign|toolkit",
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
# No meeting is filmed so: "CCTV link for the panel".
_NO_MEETING = re.compile(r"cctv|body-?cam|bwv|injur|mugshot|e-?fit", re.IGNORECASE)
_AN_INSTITUTIONS_PAGE = re.compile(
    r"pcc|police|heddlu|council|comisiynydd|commissioner|charity", re.IGNORECASE
)
_A_PAPER = re.compile(
    r"grant|fund|scheme|policy|strategy|decision|consultation|tender|contract|budget|minutes|agenda",
    re.IGNORECASE,
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
    for match in matches((_LINK, _HOSTED, _BARE), text):
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
    if _AN_INSTITUTIONS_PAGE.search(link) and (_A_PAPER.search(link) or not _OF_A_CASE.search(link + before)):
        return False
    if _PICTURE.search(link) or _WHERE_PICTURES_ARE.search(link):
        return True
    if _MEETING.search(before) and not _NO_MEETING.search(link + before):
        return False
    return bool(_ALBUM.search(link) or _SAYS_PICTURE.search(before))
