from pydantic import Field

from .base_model import BaseModel
from .enums import Mode
from .fragments import BriefFields, LinkFields


class Dyad(BaseModel):
    dyad: "DyadDyad"


class DyadDyad(BaseModel):
    a: "DyadDyadA"
    b: "DyadDyadB"
    years: list["DyadDyadYears"]
    undated: list["DyadDyadUndated"]


class DyadDyadA(BriefFields):
    typename__: str = Field(alias="__typename")


class DyadDyadB(BriefFields):
    typename__: str = Field(alias="__typename")


class DyadDyadYears(BaseModel):
    year: int
    friendly: list["DyadDyadYearsFriendly"]
    hostile: list["DyadDyadYearsHostile"]
    modes: list[Mode]
    disagreement: bool
    clashes: list["DyadDyadYearsClashes"]
    joint: list["DyadDyadYearsJoint"]


DyadDyadYearsFriendly = LinkFields
DyadDyadYearsHostile = LinkFields


class DyadDyadYearsClashes(BriefFields):
    typename__: str = Field(alias="__typename")


class DyadDyadYearsJoint(BriefFields):
    typename__: str = Field(alias="__typename")


DyadDyadUndated = LinkFields
Dyad.model_rebuild()
DyadDyad.model_rebuild()
DyadDyadYears.model_rebuild()
