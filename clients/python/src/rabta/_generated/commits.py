from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CommitFields


class Commits(BaseModel):
    commits: "CommitsCommits"


class CommitsCommits(BaseModel):
    total_count: int = Field(alias="totalCount")
    page_info: "CommitsCommitsPageInfo" = Field(alias="pageInfo")
    nodes: list["CommitsCommitsNodes"]


class CommitsCommitsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


CommitsCommitsNodes = CommitFields
Commits.model_rebuild()
CommitsCommits.model_rebuild()
