import pytest

from bot.domain.questions.grammar.typed_commands import Ref, Status
from bot.domain.questions.names import Body, Named, Names, Region, ReportName
from tests.domain.shipped_names import NAMES, body, understood

KENT = Body("E23000032", "kent", "Kent")
STALKING = ReportName("stalking", "The police response to stalking")


@pytest.mark.parametrize(
    "name",
    [
        "kent",
        "KENT",
        " Kent ",
        "“Kent”",
        "Kent Police",
        "kent pcc",
        "PCC for Kent",
        "Kent Police and Crime Commissioner",
        "the Police & Crime Commissioner for Kent",
        "OPCC Kent",
        "E23000032",
    ],
)
def test_a_body_goes_by_many_names(name: str) -> None:
    assert NAMES.exact(name) == (KENT,)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Dyfed Powys", "dyfed-powys"),
        ("dyfedpowys", "dyfed-powys"),
        ("Devon & Cornwall", "devon-and-cornwall"),
        ("devon cornwall", "devon-and-cornwall"),
        ("d&c", "devon-and-cornwall"),
        ("Gogledd Cymru", "north-wales"),
        ("Mayor of Greater Manchester", "greater-manchester"),
        ("mayor’s office for policing and crime", "metropolitan"),
        ("west midlands police", "west-midlands"),
        ("west_midlands_pcc", "west-midlands"),
    ],
)
def test_spelling_does_not_matter(name: str, slug: str) -> None:
    assert NAMES.exact(name) == (body(slug),)


def test_a_name_can_be_several_things() -> None:
    assert NAMES.exact("london") == (body("metropolitan"), body("city-of-london"), Region("London"))
    assert NAMES.exact("west midlands") == (body("west-midlands"), Region("West Midlands"))
    assert NAMES.bodies_exact("west midlands") == (body("west-midlands"),)
    assert NAMES.exact("West Mids") == (body("west-midlands"), Region("West Midlands"))
    assert NAMES.exact("E Mids") == (Region("East Midlands"),)
    assert NAMES.exact("stalking") == (STALKING,)
    assert NAMES.exact("The Police Response to Stalking") == (STALKING,)


def test_a_body_and_a_report_can_share_a_name() -> None:
    names = Names.of([(KENT, [])], reports=[ReportName("kent", "Kent's own report")])
    assert names.exact("kent") == (KENT, ReportName("kent", "Kent's own report"))


@pytest.mark.parametrize("name", ["", " ", "-", "the", "police", "and", "kan", "x" * 5000, "\u0301", "北"])
def test_what_is_no_name_means_nothing(name: str) -> None:
    assert NAMES.exact(name) == ()


@pytest.mark.parametrize(
    ("typed", "likeliest"),
    [
        ("kant", "kent"),
        ("glouc shire", "gloucestershire"),
        ("mersyside", "merseyside"),
        ("surry", "surrey"),
        ("notinghamshire", "nottinghamshire"),
        ("south yorkshir", "south-yorkshire"),
        ("avon and sommerset", "avon-and-somerset"),
        ("lincs shire", "lincolnshire"),
    ],
)
def test_a_name_nearly_right_is_recognised(typed: str, likeliest: str) -> None:
    assert NAMES.exact(typed) == ()
    assert NAMES.near(typed)[0] == body(likeliest)


def test_bodies_easily_taken_for_the_likeliest_are_offered_with_it() -> None:
    assert body("leicestershire") in NAMES.near("glouc shire")


@pytest.mark.parametrize(
    "text",
    [
        "met the provider on Monday",
        "met the provider",
        "we lack the funding",
        "sent",
        "went well",
        "we met",
        "two ISACs",
        "awaiting data",
        "staff training",
        "see attached",
        "https",
        "police",
        "council",
        "x" * 5000,
        "",
    ],
)
def test_ordinary_words_are_no_name_nearly_right(text: str) -> None:
    assert NAMES.near(text) == ()


def test_only_the_kinds_asked_for_are_offered_and_no_more_than_the_limit() -> None:
    kinds: tuple[type[Named], ...] = (Region,)
    assert NAMES.near("wale", kinds) == (Region("Wales"),)
    assert NAMES.near("stalkng", (Body,)) == ()
    assert NAMES.near("stalkng") == (STALKING,)
    assert len(NAMES.near("yorkshire", limit=3)) == 3


def test_an_empty_register_knows_no_name() -> None:
    nothing = Names.of([])
    assert nothing.exact("kent") == ()
    assert nothing.near("kent") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("glouc", ["Gloucestershire"]),
        ("thames", ["Thames Valley"]),
        ("yorkshire", ["Yorkshire and The Humber", "North Yorkshire", "South Yorkshire", "West Yorkshire"]),
        ("midlands", ["East Midlands", "West Midlands", "West Midlands"]),
        (
            "north",
            [
                *("North East", "North Wales", "North West", "North Yorkshire"),
                *("Northamptonshire", "Northumbria"),
            ],
        ),
    ],
)
def test_the_beginning_of_a_name_or_of_a_word_in_it_offers_all_that_begin_so(
    typed: str, meant: list[str]
) -> None:
    near = NAMES.near(typed)
    assert [
        named.name if isinstance(named, Region) else getattr(named, "short_name", "") for named in near
    ] == meant


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Mayor's Office for Policing and Crime (MOPAC)", "metropolitan"),
        ("Mayor’s Office for Policing & Crime", "metropolitan"),
        ("Staffordshire Commissioner for Police, Fire & Rescue and Crime", "staffordshire"),
        ("Staffordshire Commissioner", "staffordshire"),
        ("London, City of", "city-of-london"),
        ("City of London Police Authority", "city-of-london"),
        ("City of London Corporation", "city-of-london"),
        ("Greater Manchester Combined Authority", "greater-manchester"),
        ("West Yorkshire Combined Authority", "west-yorkshire"),
        ("South Yorkshire Mayoral Combined Authority", "south-yorkshire"),
        ("York and North Yorkshire Combined Authority", "north-yorkshire"),
        ("Mayor of West Yorkshire", "west-yorkshire"),
        ("Office of the Police and Crime Commissioner (OPCC) for Kent", "kent"),
        ("Kent Police and Crime Commissioner’s Office", "kent"),
        ("OPCC Kent", "kent"),
        ("Commissioner for Kent", "kent"),
        ("Police, Fire and Crime Commissioner for Essex", "essex"),
        ("Comisiynydd Heddlu a Throseddu Gwent", "gwent"),
    ],
)
def test_the_office_is_understood_however_it_is_called(name: str, slug: str) -> None:
    assert NAMES.bodies_exact(name) == (body(slug),)
    assert understood(f"15 for {name}") == Status((Ref(None, "15"),), body(slug))


@pytest.mark.parametrize("name", ["Police", "Commissioner", "West Midlands Combined Authority", "City of"])
def test_an_office_without_its_place_is_nobody(name: str) -> None:
    assert NAMES.bodies_exact(name) == ()
