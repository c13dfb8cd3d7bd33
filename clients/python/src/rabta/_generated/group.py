from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    DayFields,
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
    TextFields,
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


GroupDetailFounded = DayFields
GroupDetailDissolved = DayFields
GroupDetailStatuses = TextFields
GroupDetailIdeologies = TextFields
GroupDetailDenomination = TextFields
Group.model_rebuild()
GroupDetail.model_rebuild()
