from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
    TollFields,
)


class Place(BaseModel):
    entity: Optional["PlaceEntity"]
    detail: Optional["PlaceDetail"]


class PlaceEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class PlaceDetail(BaseModel):
    tolls: list["PlaceDetailTolls"]


PlaceDetailTolls = TollFields
Place.model_rebuild()
PlaceDetail.model_rebuild()
