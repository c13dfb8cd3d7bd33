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


class Madressah(BaseModel):
    entity: Optional["MadressahEntity"]
    detail: Optional["MadressahDetail"]


class MadressahEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class MadressahDetail(BaseModel):
    board: Optional[str]
    denomination: Optional[str]
    founded: Optional["MadressahDetailFounded"]


MadressahDetailFounded = DateFields
Madressah.model_rebuild()
MadressahDetail.model_rebuild()
