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
    spans: list["DyadDyadSpans"]
    undated: list["DyadDyadUndated"]
    incidents_without_year: list["DyadDyadIncidentsWithoutYear"] = Field(
        alias="incidentsWithoutYear"
    )
    outside_life: int = Field(alias="outsideLife")


class DyadDyadA(BriefFields):
    typename__: str = Field(alias="__typename")


class DyadDyadB(BriefFields):
    typename__: str = Field(alias="__typename")


class DyadDyadYears(BaseModel):
    year: int
    friendly: list["DyadDyadYearsFriendly"]
    hostile: list["DyadDyadYearsHostile"]
    possibly_friendly: list["DyadDyadYearsPossiblyFriendly"] = Field(
        alias="possiblyFriendly"
    )
    possibly_hostile: list["DyadDyadYearsPossiblyHostile"] = Field(
        alias="possiblyHostile"
    )
    modes: list[Mode]
    disagreement: bool
    clashes: list["DyadDyadYearsClashes"]
    joint: list["DyadDyadYearsJoint"]


DyadDyadYearsFriendly = LinkFields
DyadDyadYearsHostile = LinkFields
DyadDyadYearsPossiblyFriendly = LinkFields
DyadDyadYearsPossiblyHostile = LinkFields


class DyadDyadYearsClashes(BriefFields):
    typename__: str = Field(alias="__typename")


class DyadDyadYearsJoint(BriefFields):
    typename__: str = Field(alias="__typename")


DyadDyadSpans = LinkFields
DyadDyadUndated = LinkFields


class DyadDyadIncidentsWithoutYear(BriefFields):
    typename__: str = Field(alias="__typename")


Dyad.model_rebuild()
DyadDyad.model_rebuild()
DyadDyadYears.model_rebuild()
