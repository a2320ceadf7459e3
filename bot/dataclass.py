"""`@dataclass` of the standard library, with the methods of a class made when they are needed first
(decision 032).

To write and compile them is most of what a data class costs, and a start makes nearly five hundred. A class
that inherits from one is made by this as well."""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]


class _LateMethod:
    """Stands in the place of a class's method until it is looked up first, and then puts it there."""

    def __init__(self, owner: type, make: Callable[[type], Any], name: str) -> None:
        self._owner = owner
        self._make = make
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        method = self._make(self._owner)
        method.__qualname__ = f"{self._owner.__qualname__}.{self._name}"
        setattr(self._owner, self._name, method)
        return method.__get__(instance, owner)


class _Factory:
    """The default of a field that has none until it is made for each object."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


def _init(cls: type) -> Any:
    return _setting_fields(cls, "self.{} = {}")


def _init_of_frozen(cls: type) -> Any:
    return _setting_fields(cls, "_set(self, '{}', {})")


def _setting_fields(cls: type, setting: str) -> Any:
    """Return the `__init__` of a class. It is written here, since the standard library makes two more methods
    with that of a frozen class, and takes seven times as long."""
    names: dict[str, Any] = {"_set": object.__setattr__, "_FACTORY": _FACTORY}
    parameters: list[str] = []
    keywords: list[str] = []
    lines: list[str] = []
    for field in dataclasses.fields(cls):
        name, default = field.name, f"_default_{field.name}"
        parameter, value = name, name if field.init else default
        if field.default_factory is not dataclasses.MISSING:
            names |= {default: _FACTORY, f"_make_{name}": field.default_factory}
            value = f"_make_{name}() if {value} is _FACTORY else {value}"
        elif field.default is not dataclasses.MISSING:
            names[default] = field.default
        if default in names:
            parameter = f"{name}={default}"
        if field.init:
            (keywords if field.kw_only else parameters).append(parameter)
        if field.init or default in names:
            lines.append(setting.format(name, value))
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    written = ", ".join(["self", *parameters, *(["*", *keywords] if keywords else [])])
    exec(f"def __init__({written}): {'; '.join(lines) or 'pass'}", names)  # noqa: S102 - of names alone
    method = names["__init__"]
    method.__annotations__ = {field.name: field.type for field in dataclasses.fields(cls) if field.init}
    method.__annotations__["return"] = None
    return method


def _repr(cls: type) -> Any:
    return _twin(cls, repr=True).__repr__


def _eq(cls: type) -> Any:
    return _twin(cls, eq=True).__eq__


def _twin(cls: type, *, repr: bool = False, eq: bool = False) -> type:
    """Return a data class with the same fields, as the standard library makes it."""
    fields = [(field.name, field.type, field) for field in dataclasses.fields(cls)]
    words = {"__doc__": cls.__doc__}
    return dataclasses.make_dataclass(cls.__name__, fields, namespace=words, init=False, repr=repr, eq=eq)


def _hash(cls: type) -> Any:
    """Return the hash of the fields, written here since the standard library asks each default for it."""
    fields = dataclasses.fields(cls)
    names = [field.name for field in fields if (field.compare if field.hash is None else field.hash)]
    match names:
        case []:
            return lambda self: hash(())
        case [name]:
            return lambda self: hash((getattr(self, name),))
        case _:
            values = attrgetter(*names)
            return lambda self: hash(values(self))


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
# Copied and pickled, as the standard library has it, by the fields, which cannot be set one by one.
_FROZEN_WITH_SLOTS = {**_FROZEN, "__getstate__": _state, "__setstate__": _set_state}


def _dataclass(
    cls: type | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    kw_only: bool = False,
) -> Any:
    if cls is None:
        return lambda cls: _dataclass(cls, frozen=frozen, slots=slots, eq=eq, kw_only=kw_only)
    written = {name for name, method in vars(cls).items() if method is not None}
    # The standard library would make one of the signature, and for that look at `__init__`.
    cls.__doc__ = cls.__doc__ or cls.__name__
    cls = dataclasses.dataclass(cls, slots=slots, kw_only=kw_only, init=False, repr=False, eq=False)
    late = {"__init__": _init_of_frozen if frozen else _init, "__repr__": _repr}
    if eq:
        late["__eq__"] = _eq
        if frozen:
            late["__hash__"] = _hash
        elif "__hash__" not in written:
            cls.__hash__ = None  # type: ignore[method-assign, assignment]
    for name in late.keys() - written:
        setattr(cls, name, _LateMethod(cls, late[name], name))
    if frozen:
        for name, method in (_FROZEN_WITH_SLOTS if slots else _FROZEN).items():
            setattr(cls, name, method)
    return cls


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass
