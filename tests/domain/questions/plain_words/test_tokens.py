"""What is typed in a hurry, cut short or run together is read as the words that are meant."""

import pytest

from bot.domain.questions.plain_words.tokens import MOST_WORDS, Token, TokenKind, tokens_of

TYPED = """
can't cannot won't shan't ain't = can not can not will not will not is not
I'm ive I'll I'd id ill = i am i have i will i would i would i will
we've wev they've theyve you've youve = we have we have they have they have you have you have
they're theyre you're youre we're we'll he'd = they are they are you are you are we are we will he would
who's whos what's whats = who is who is what is what is
where's wheres when's whens = where is where is when is when is
why's whys how's hows that's thats it's its = why is why is how is how is that is that is it is it is
there's theres he's she's here's one's everyone's = there is there is he is she is here is one is everyone is
anyone's someone's let's lets = anyone is someone is let us let us
gonna wanna gotta dunno = going to want to got to do not know
whove howre whatre whod = who have how are what are who would
wats wots wot wat hw ohw hwo = what is what is what what how how how
hasn't hasnt haven't hadnt isnt = has not has not have not had not is not
arent wasn't werent wernt = are not was not were not were not
don't dont doesnt didnt didn = do not do not does not did not did not
dint dunt dnt ain ent = did not does not do not is not is not
couldnt shouldnt wouldnt mustnt = could not should not would not must not
neednt mightnt maynt = need not might not may not
hvnt hsnt nt wasnae hasnae dinnae cannae innit = have not has not not was not has not do not can not is not it
want front spent kents = want front spent kents
incomplete uncompleted unaccepted = not complete not completed not accepted
hs hss hsa ahs ahve haev hvae hve hv = has has has has have have have have have
cn cna u yuo cud cld wud wld shld = can can you you could could would would should
em upto teh hte snce b4 thru btwn = them up to the the since before through between
cos coz cuz bcuz bcos bc = because because because because because because
ppl recd fro ofr adn nad fomr = people received for for and and from
waht whta whst hwat woh whcih whne wen wheer = what what what what who which when when where
taht dat thsi dis jsut knwo aer si ot ni = that that this this just know are is to in
wiht wtih wiv abotu = with with with about
l8 gr8 m8 w8 w8ing = late great mate wait waiting
2day 2moro 2morrow tmrw 2nite = today tomorrow tomorrow tomorrow tonight
ne1 neone any1 no1 sum1 mids = anyone anyone anyone nobody someone midlands
yng ngwent nghymru nyfed ngogledd = yng gwent cymru dyfed gogledd
left 4 us done 4 me 4 u 4 you = left for us done for me for you for you
4 them 4 our 4 my 4 the 4 all = for them for our for my for the for all
that last 1 = that last one
this 1 the 1 which 1 any 1 = this one the one which one any one
each 1 every 1 other 1 = each one every one other one
recs 4 and 1 = recs 4 and 1
the 1 15 = the 1 15
this past month = the past month
50% w/o w/out Kent = 50 percent without without kent
what？ (15) 3/4/2025 15-16 = what ? ( 15 ) 3/4/2025 15-16
kent's kents' bodies' = kent kents bodies
June thirteenth the first of May = june 13th the 1th of may
twenty first June thirtieth April = 21th june 30th april
the twenty-second of July July thirty first = the 22th of july july 31th
second may march third the first march twenty reports = second may march third the first march twenty reports
"""


@pytest.mark.parametrize("line", TYPED.strip().splitlines())
def test_words_are_read_as_they_are_meant(line: str) -> None:
    typed, _, words = line.partition(" = ")
    assert " ".join(token.key for token in tokens_of(typed)) == words


def test_what_slack_marks_up_is_no_word() -> None:
    tokens = tokens_of("<@U0SAM|sam> in <#C0COORD|coordination> <!here> see <https://a.uk|this> ☂")
    assert [token.kind for token in tokens] == [
        TokenKind.PERSON,
        TokenKind.WORD,
        TokenKind.CHANNEL,
        TokenKind.BROADCAST,
        TokenKind.WORD,
        TokenKind.LINK,
        TokenKind.ODD,
    ]
    assert tokens[0].user_id == "U0SAM"


def test_words_of_one_contraction_share_its_place() -> None:
    assert tokens_of("we Haven't") == (
        Token(TokenKind.WORD, "we", 0, 2),
        Token(TokenKind.WORD, "have", 3, 10, capital=True),
        Token(TokenKind.WORD, "not", 3, 10, capital=True),
    )


@pytest.mark.parametrize(
    ("typed", "possessive"), [("kent's", True), ("bodies'", True), ("who's", False), ("kent", False)]
)
def test_a_possessive_is_told_from_a_contraction(typed: str, possessive: bool) -> None:
    assert tokens_of(typed)[0].possessive == possessive


def test_a_day_in_words_takes_the_place_of_all_its_words() -> None:
    tokens = tokens_of("by the twenty first of June")
    assert [(token.key, token.start, token.end) for token in tokens[2:3]] == [("21th", 7, 19)]


@pytest.mark.parametrize("apostrophe", "'’‘ʼ`´")
def test_any_apostrophe_is_one(apostrophe: str) -> None:
    assert [token.key for token in tokens_of(f"hasn{apostrophe}t")] == ["has", "not"]


def test_what_follows_the_first_words_is_not_read() -> None:
    assert len(tokens_of("word " * (MOST_WORDS + 5))) == MOST_WORDS
    assert len(tokens_of("word " * MOST_WORDS)) == MOST_WORDS
