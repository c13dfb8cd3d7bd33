from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import IncidentFields


class Incidents(BaseModel):
    incidents: "IncidentsIncidents"


class IncidentsIncidents(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "IncidentsIncidentsPageInfo" = Field(alias="pageInfo")
    nodes: list["IncidentsIncidentsNodes"]


class IncidentsIncidentsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


IncidentsIncidentsNodes = IncidentFields
Incidents.model_rebuild()
IncidentsIncidents.model_rebuild()
