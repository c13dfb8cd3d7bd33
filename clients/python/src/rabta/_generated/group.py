from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    AttributeFields,
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
)


class Group(BaseModel):
    entity: Optional["GroupEntity"]
    detail: Optional["GroupDetail"]


class GroupEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class GroupDetail(BaseModel):
    founded: list["GroupDetailFounded"]
    dissolved: list["GroupDetailDissolved"]
    statuses: list["GroupDetailStatuses"]
    ideologies: list["GroupDetailIdeologies"]
    denomination: list["GroupDetailDenomination"]


GroupDetailFounded = AttributeFields
GroupDetailDissolved = AttributeFields
GroupDetailStatuses = AttributeFields
GroupDetailIdeologies = AttributeFields
GroupDetailDenomination = AttributeFields
Group.model_rebuild()
GroupDetail.model_rebuild()
