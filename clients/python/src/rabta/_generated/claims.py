from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ClaimFields, ExclusionFields


class Claims(BaseModel):
    claims: "ClaimsClaims"


class ClaimsClaims(BaseModel):
    total_count: int = Field(alias="totalCount")
    excluded: Optional[list["ClaimsClaimsExcluded"]] = None
    page_info: "ClaimsClaimsPageInfo" = Field(alias="pageInfo")
    nodes: list["ClaimsClaimsNodes"]


ClaimsClaimsExcluded = ExclusionFields


class ClaimsClaimsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


ClaimsClaimsNodes = ClaimFields
Claims.model_rebuild()
ClaimsClaims.model_rebuild()
