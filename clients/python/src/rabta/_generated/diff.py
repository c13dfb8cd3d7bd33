from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    ChangeFields,
    EntityFields,
    EntityFieldsNames,
    EntityFieldsPlaced,
    LinkFields,
)


class Diff(BaseModel):
    diff: "DiffDiff"


class DiffDiff(BaseModel):
    added_nodes: list["DiffDiffAddedNodes"] = Field(alias="addedNodes")
    removed_nodes: list["DiffDiffRemovedNodes"] = Field(alias="removedNodes")
    added_links: list["DiffDiffAddedLinks"] = Field(alias="addedLinks")
    removed_links: list["DiffDiffRemovedLinks"] = Field(alias="removedLinks")
    changed: list["DiffDiffChanged"]


class DiffDiffAddedNodes(EntityFields):
    typename__: str = Field(alias="__typename")


class DiffDiffRemovedNodes(EntityFields):
    typename__: str = Field(alias="__typename")


DiffDiffAddedLinks = LinkFields
DiffDiffRemovedLinks = LinkFields
DiffDiffChanged = ChangeFields
Diff.model_rebuild()
DiffDiff.model_rebuild()
