from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import EntityKind, Marking, Representation
from .fragments import AttributeFields, BriefFields, NameFields


class Madressah(BaseModel):
    madressah: Optional["MadressahMadressah"]


class MadressahMadressah(BaseModel):
    id: str
    kind: EntityKind
    name: str
    names: list["MadressahMadressahNames"]
    same_ids: list[str] = Field(alias="sameIds")
    description: list["MadressahMadressahDescription"]
    subtype: list["MadressahMadressahSubtype"]
    representation: Representation
    external: list["MadressahMadressahExternal"]
    marking: Marking
    retired: Optional["MadressahMadressahRetired"]
    retired_below: bool = Field(alias="retiredBelow")
    placed: list["MadressahMadressahPlaced"]
    board: list["MadressahMadressahBoard"]
    denomination: list["MadressahMadressahDenomination"]
    founded: list["MadressahMadressahFounded"]


MadressahMadressahNames = NameFields
MadressahMadressahDescription = AttributeFields
MadressahMadressahSubtype = AttributeFields
MadressahMadressahExternal = AttributeFields


class MadressahMadressahRetired(BaseModel):
    reason: str
    successor: Optional["MadressahMadressahRetiredSuccessor"]


class MadressahMadressahRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


MadressahMadressahPlaced = AttributeFields
MadressahMadressahBoard = AttributeFields
MadressahMadressahDenomination = AttributeFields
MadressahMadressahFounded = AttributeFields
Madressah.model_rebuild()
MadressahMadressah.model_rebuild()
MadressahMadressahRetired.model_rebuild()
