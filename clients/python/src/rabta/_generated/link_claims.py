from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ClaimFields, ExclusionFields


class LinkClaims(BaseModel):
    link: Optional["LinkClaimsLink"]


class LinkClaimsLink(BaseModel):
    claims: "LinkClaimsLinkClaims"


class LinkClaimsLinkClaims(BaseModel):
    total_count: int = Field(alias="totalCount")
    excluded: Optional[list["LinkClaimsLinkClaimsExcluded"]] = None
    page_info: "LinkClaimsLinkClaimsPageInfo" = Field(alias="pageInfo")
    nodes: list["LinkClaimsLinkClaimsNodes"]


LinkClaimsLinkClaimsExcluded = ExclusionFields


class LinkClaimsLinkClaimsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


LinkClaimsLinkClaimsNodes = ClaimFields
LinkClaims.model_rebuild()
LinkClaimsLink.model_rebuild()
LinkClaimsLinkClaims.model_rebuild()
