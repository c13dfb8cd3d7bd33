from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    DateFields,
    EntityFields,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
)


class Group(BaseModel):
    entity: Optional["GroupEntity"]
    detail: Optional["GroupDetail"]


class GroupEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class GroupDetail(BaseModel):
    founded: Optional["GroupDetailFounded"]
    dissolved: Optional["GroupDetailDissolved"]
    statuses: list[str]
    ideologies: list[str]
    denomination: Optional[str]


GroupDetailFounded = DateFields
GroupDetailDissolved = DateFields
Group.model_rebuild()
GroupDetail.model_rebuild()
