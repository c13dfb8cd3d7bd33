from pydantic import Field

from .base_model import BaseModel
from .fragments import ClaimFields


class LinksWithClaims(BaseModel):
    links: "LinksWithClaimsLinks"


class LinksWithClaimsLinks(BaseModel):
    nodes: list["LinksWithClaimsLinksNodes"]


class LinksWithClaimsLinksNodes(BaseModel):
    id: str
    claims: "LinksWithClaimsLinksNodesClaims"
    contradicted_by: list["LinksWithClaimsLinksNodesContradictedBy"] = Field(
        alias="contradictedBy"
    )


class LinksWithClaimsLinksNodesClaims(BaseModel):
    total_count: int = Field(alias="totalCount")
    nodes: list["LinksWithClaimsLinksNodesClaimsNodes"]


LinksWithClaimsLinksNodesClaimsNodes = ClaimFields
LinksWithClaimsLinksNodesContradictedBy = ClaimFields
LinksWithClaims.model_rebuild()
LinksWithClaimsLinks.model_rebuild()
LinksWithClaimsLinksNodes.model_rebuild()
LinksWithClaimsLinksNodesClaims.model_rebuild()
