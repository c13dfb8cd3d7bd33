from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import AttributeFields, BriefFields


class Attributes(BaseModel):
    entities: "AttributesEntities"


class AttributesEntities(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "AttributesEntitiesPageInfo" = Field(alias="pageInfo")
    nodes: list["AttributesEntitiesNodes"]


class AttributesEntitiesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class AttributesEntitiesNodes(BriefFields):
    typename__: str = Field(alias="__typename")
    attributes: list["AttributesEntitiesNodesAttributes"]


AttributesEntitiesNodesAttributes = AttributeFields
Attributes.model_rebuild()
AttributesEntities.model_rebuild()
AttributesEntitiesNodes.model_rebuild()
