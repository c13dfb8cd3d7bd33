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


class Entities(BaseModel):
    entities: "EntitiesEntities"


class EntitiesEntities(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "EntitiesEntitiesPageInfo" = Field(alias="pageInfo")
    nodes: list["EntitiesEntitiesNodes"]


class EntitiesEntitiesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class EntitiesEntitiesNodes(EntityFields):
    typename__: str = Field(alias="__typename")


Entities.model_rebuild()
EntitiesEntities.model_rebuild()
