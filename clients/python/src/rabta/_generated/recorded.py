from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import EventFields


class Recorded(BaseModel):
    commits: "RecordedCommits"


class RecordedCommits(BaseModel):
    nodes: list["RecordedCommitsNodes"]


class RecordedCommitsNodes(BaseModel):
    records: "RecordedCommitsNodesRecords"


class RecordedCommitsNodesRecords(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "RecordedCommitsNodesRecordsPageInfo" = Field(alias="pageInfo")
    nodes: list["RecordedCommitsNodesRecordsNodes"]


class RecordedCommitsNodesRecordsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


RecordedCommitsNodesRecordsNodes = EventFields
Recorded.model_rebuild()
RecordedCommits.model_rebuild()
RecordedCommitsNodes.model_rebuild()
RecordedCommitsNodesRecords.model_rebuild()
