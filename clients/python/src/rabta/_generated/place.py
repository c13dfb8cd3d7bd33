from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import EntityKind, Marking, Representation
from .fragments import AttributeFields, BriefFields, NameFields, TollFields


class Place(BaseModel):
    place: Optional["PlacePlace"]


class PlacePlace(BaseModel):
    id: str
    kind: EntityKind
    name: str
    names: list["PlacePlaceNames"]
    same_ids: list[str] = Field(alias="sameIds")
    description: list["PlacePlaceDescription"]
    subtype: list["PlacePlaceSubtype"]
    representation: Representation
    external: list["PlacePlaceExternal"]
    marking: Marking
    retired: Optional["PlacePlaceRetired"]
    retired_below: bool = Field(alias="retiredBelow")
    placed: list["PlacePlacePlaced"]
    tolls: list["PlacePlaceTolls"]


PlacePlaceNames = NameFields
PlacePlaceDescription = AttributeFields
PlacePlaceSubtype = AttributeFields
PlacePlaceExternal = AttributeFields


class PlacePlaceRetired(BaseModel):
    reason: str
    successor: Optional["PlacePlaceRetiredSuccessor"]


class PlacePlaceRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


PlacePlacePlaced = AttributeFields
PlacePlaceTolls = TollFields
Place.model_rebuild()
PlacePlace.model_rebuild()
PlacePlaceRetired.model_rebuild()
