"""What is frozen is a `Struct` of msgspec, and is changed by making another (docs/decisions/033)."""

from typing import TYPE_CHECKING

# the same function but for its type: here the checker compares each name and each value with the fields
if TYPE_CHECKING:
    from dataclasses import replace
else:
    from msgspec.structs import replace

__all__ = ["replace"]
