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


class Madressah(BaseModel):
    entity: Optional["MadressahEntity"]
    detail: Optional["MadressahDetail"]


class MadressahEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class MadressahDetail(BaseModel):
    board: list["MadressahDetailBoard"]
    denomination: list["MadressahDetailDenomination"]
    founded: list["MadressahDetailFounded"]


MadressahDetailBoard = AttributeFields
MadressahDetailDenomination = AttributeFields
MadressahDetailFounded = AttributeFields
Madressah.model_rebuild()
MadressahDetail.model_rebuild()
