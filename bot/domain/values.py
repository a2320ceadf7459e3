"""What is frozen is a `Struct` of msgspec, and is changed by making another (docs/decisions/033)."""

from typing import TYPE_CHECKING

# The same function to the program; of this one the type checker compares names and values with the fields.
if TYPE_CHECKING:
    from dataclasses import replace
else:
    from msgspec.structs import replace

__all__ = ["replace"]
