"""recbot's `@dataclass` against the standard library's: the same in all that can be seen."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from bot.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    title: str = "untitled"
    lines: list[str] = field(default_factory=list, hash=False)
    note: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LastPage(Page):
    is_blank: bool = field(default=False, kw_only=True)


@dataclass(kw_only=True)
class Counted:
    number: int = 0
    doubled: int = field(init=False)

    def __post_init__(self) -> None:
        self.doubled = 2 * self.number


# The same classes as the standard library makes them.
Decorator = Callable[..., Any]


def pages(decorator: Decorator) -> tuple[type, type]:
    @decorator(frozen=True, slots=True)
    class Sheet:
        number: int
        title: str = "untitled"
        lines: list[str] = field(default_factory=list, hash=False)

    @decorator(frozen=True, slots=True)
    class LastSheet(Sheet):
        is_blank: bool = field(default=False, kw_only=True)

    return Sheet, LastSheet


def what_is_seen(sheet: Any, last_sheet: Any) -> list[object]:
    page, last = sheet(1, lines=["a"]), last_sheet(2, "end", is_blank=True)
    return [
        repr(page),
        repr(last),
        hash(page),
        hash(last),
        page == sheet(1, lines=["a"]),
        page == sheet(1),
        page == last_sheet(1, lines=["a"]),
        dataclasses.asdict(last),
        str(inspect.signature(sheet)),
        str(inspect.signature(last_sheet)),
        sheet.__match_args__,
        sheet.__init__.__qualname__,
        last_sheet.__eq__.__qualname__,
        sheet.__slots__,
        [shown.name for shown in dataclasses.fields(last)],
    ]


def test_what_is_seen_is_the_same() -> None:
    assert what_is_seen(*pages(dataclass)) == what_is_seen(*pages(dataclasses.dataclass))


def test_what_is_not_compared_or_shown_is_left_out() -> None:
    assert Page(1, note="a") == Page(1, note="b")
    assert hash(Page(1, lines=["a"])) == hash(Page(1, lines=["b"]))
    assert "note" not in repr(Page(1, note="a"))


def test_each_has_a_default_of_its_own() -> None:
    assert Page(1).lines is not Page(1).lines


def test_a_frozen_one_cannot_be_changed() -> None:
    page = LastPage(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'number'"):
        page.number = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'number'"):
        del page.number
    assert replace(page, number=2) == LastPage(2)


def pickled(page: Page) -> Page:
    unpickled = pickle.loads(pickle.dumps(page))  # noqa: S301 - of the line itself
    assert isinstance(unpickled, Page)
    return unpickled


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
def test_it_can_be_copied_and_pickled(copied: Callable[[Page], Page]) -> None:
    page = LastPage(3, "a", ["b"], is_blank=True)
    assert copied(page) == page


def test_an_argument_that_is_missing_or_unknown_is_an_error() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'number'"):
        Page()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
        Page(1, size=2)  # type: ignore[call-arg]


def test_what_comes_after_the_fields_are_set_is_done() -> None:
    assert Counted(number=2).doubled == 4
    with pytest.raises(TypeError, match="positional"):
        Counted(2)  # type: ignore[call-arg]


def test_one_that_can_change_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counted())


def test_by_identity_where_it_is_not_compared() -> None:
    @dataclass(eq=False, slots=True)
    class Place:
        name: str

    place = Place("a")
    assert place != Place("a")
    assert hash(place) == hash(place)


def test_a_method_that_the_class_has_itself_stays() -> None:
    @dataclass(frozen=True)
    class Name:
        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Name) and self.text.lower() == other.text.lower()

        def __hash__(self) -> int:
            return hash(self.text.lower())

        def __repr__(self) -> str:
            return f"<{self.text}>"

    assert (Name("A") == Name("a"), hash(Name("A")) == hash(Name("a")), repr(Name("A"))) == (
        True,
        True,
        "<A>",
    )


def test_methods_are_made_when_they_are_needed_first() -> None:
    @dataclass(frozen=True)
    class Late:
        number: int

    assert not inspect.isfunction(vars(Late)["__init__"])
    assert Late(1).number == 1
    assert inspect.isfunction(vars(Late)["__init__"])
    assert not inspect.isfunction(vars(Late)["__eq__"])
