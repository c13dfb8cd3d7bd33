from enum import Enum
from typing import Optional


class OpenEnum(str, Enum):  # noqa: UP042  a StrEnum makes its members otherwise
    """A closed list that a newer server may have extended: a new value is taken as it is."""

    @classmethod
    def _missing_(cls, value: object) -> "Optional[OpenEnum]":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member
