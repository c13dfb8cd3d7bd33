from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields, ChangeFields, LinkFields, SourceFields


class SourceImpact(BaseModel):
    source_impact: "SourceImpactSourceImpact" = Field(alias="sourceImpact")


class SourceImpactSourceImpact(BaseModel):
    source: "SourceImpactSourceImpactSource"
    lost: list["SourceImpactSourceImpactLost"]
    gained: list["SourceImpactSourceImpactGained"]
    weakened: list["SourceImpactSourceImpactWeakened"]
    changed: list["SourceImpactSourceImpactChanged"]
    moved: list["SourceImpactSourceImpactMoved"]


SourceImpactSourceImpactSource = SourceFields
SourceImpactSourceImpactLost = LinkFields
SourceImpactSourceImpactGained = LinkFields
SourceImpactSourceImpactWeakened = ChangeFields
SourceImpactSourceImpactChanged = ChangeFields


class SourceImpactSourceImpactMoved(BaseModel):
    node: "SourceImpactSourceImpactMovedNode"
    before: int
    after: int


class SourceImpactSourceImpactMovedNode(BriefFields):
    typename__: str = Field(alias="__typename")


SourceImpact.model_rebuild()
SourceImpactSourceImpact.model_rebuild()
SourceImpactSourceImpactMoved.model_rebuild()
