from pydantic import Field

from .base_model import BaseModel
from .enums import Direction, LinkKind
from .fragments import BriefFields


class Similar(BaseModel):
    similar: list["SimilarSimilar"]


class SimilarSimilar(BaseModel):
    node: "SimilarSimilarNode"
    score: float
    shared: list["SimilarSimilarShared"]


class SimilarSimilarNode(BriefFields):
    typename__: str = Field(alias="__typename")


class SimilarSimilarShared(BaseModel):
    kind: LinkKind
    direction: Direction
    node: "SimilarSimilarSharedNode"


class SimilarSimilarSharedNode(BriefFields):
    typename__: str = Field(alias="__typename")


Similar.model_rebuild()
SimilarSimilar.model_rebuild()
SimilarSimilarShared.model_rebuild()
