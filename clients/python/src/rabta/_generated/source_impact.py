from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields, ChangeFields, LinkFields, SourceFields


class SourceImpact(BaseModel):
    source_impact: "SourceImpactSourceImpact" = Field(alias="sourceImpact")


class SourceImpactSourceImpact(BaseModel):
    source: "SourceImpactSourceImpactSource"
    lost: list["SourceImpactSourceImpactLost"]
    weakened: list["SourceImpactSourceImpactWeakened"]
    moved: list["SourceImpactSourceImpactMoved"]


SourceImpactSourceImpactSource = SourceFields
SourceImpactSourceImpactLost = LinkFields
SourceImpactSourceImpactWeakened = ChangeFields


class SourceImpactSourceImpactMoved(BaseModel):
    node: "SourceImpactSourceImpactMovedNode"
    before: int
    after: int


class SourceImpactSourceImpactMovedNode(BriefFields):
    typename__: str = Field(alias="__typename")


SourceImpact.model_rebuild()
SourceImpactSourceImpact.model_rebuild()
SourceImpactSourceImpactMoved.model_rebuild()
