from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import EntityKind, Marking, Representation
from .fragments import AttributeFields, BriefFields, NameFields


class Group(BaseModel):
    group: Optional["GroupGroup"]


class GroupGroup(BaseModel):
    id: str
    kind: EntityKind
    name: str
    names: list["GroupGroupNames"]
    same_ids: list[str] = Field(alias="sameIds")
    description: list["GroupGroupDescription"]
    subtype: list["GroupGroupSubtype"]
    representation: Representation
    external: list["GroupGroupExternal"]
    marking: Marking
    retired: Optional["GroupGroupRetired"]
    retired_below: bool = Field(alias="retiredBelow")
    placed: list["GroupGroupPlaced"]
    founded: list["GroupGroupFounded"]
    dissolved: list["GroupGroupDissolved"]
    statuses: list["GroupGroupStatuses"]
    ideologies: list["GroupGroupIdeologies"]
    denomination: list["GroupGroupDenomination"]


GroupGroupNames = NameFields
GroupGroupDescription = AttributeFields
GroupGroupSubtype = AttributeFields
GroupGroupExternal = AttributeFields


class GroupGroupRetired(BaseModel):
    reason: str
    successor: Optional["GroupGroupRetiredSuccessor"]


class GroupGroupRetiredSuccessor(BriefFields):
    typename__: str = Field(alias="__typename")


GroupGroupPlaced = AttributeFields
GroupGroupFounded = AttributeFields
GroupGroupDissolved = AttributeFields
GroupGroupStatuses = AttributeFields
GroupGroupIdeologies = AttributeFields
GroupGroupDenomination = AttributeFields
Group.model_rebuild()
GroupGroup.model_rebuild()
GroupGroupRetired.model_rebuild()
