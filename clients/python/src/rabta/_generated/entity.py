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
)


class Entity(BaseModel):
    entity: Optional["EntityEntity"]


class EntityEntity(EntityFields):
    typename__: str = Field(alias="__typename")


Entity.model_rebuild()
