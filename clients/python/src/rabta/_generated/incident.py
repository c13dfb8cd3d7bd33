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
    IncidentFields,
)


class Incident(BaseModel):
    entity: Optional["IncidentEntity"]
    detail: Optional["IncidentDetail"]


class IncidentEntity(EntityFields):
    typename__: str = Field(alias="__typename")


IncidentDetail = IncidentFields
Incident.model_rebuild()
