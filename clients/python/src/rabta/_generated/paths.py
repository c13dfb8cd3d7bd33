from typing import Optional

from .base_model import BaseModel
from .fragments import ExclusionFields, PathFields, TruncationFields


class Paths(BaseModel):
    paths: "PathsPaths"


class PathsPaths(BaseModel):
    paths: list["PathsPathsPaths"]
    excluded: list["PathsPathsExcluded"]
    partial: Optional["PathsPathsPartial"]


PathsPathsPaths = PathFields
PathsPathsExcluded = ExclusionFields
PathsPathsPartial = TruncationFields
Paths.model_rebuild()
PathsPaths.model_rebuild()
