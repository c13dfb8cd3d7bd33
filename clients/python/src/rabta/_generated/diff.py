from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    ChangeFields,
    EntityFields,
    EntityFieldsDescription,
    EntityFieldsExternal,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
    EntityFieldsSubtype,
    LinkFields,
    TruncationFields,
)


class Diff(BaseModel):
    diff: "DiffDiff"


class DiffDiff(BaseModel):
    added_nodes: list["DiffDiffAddedNodes"] = Field(alias="addedNodes")
    added_node_count: int = Field(alias="addedNodeCount")
    removed_nodes: list["DiffDiffRemovedNodes"] = Field(alias="removedNodes")
    removed_node_count: int = Field(alias="removedNodeCount")
    added_links: list["DiffDiffAddedLinks"] = Field(alias="addedLinks")
    added_link_count: int = Field(alias="addedLinkCount")
    removed_links: list["DiffDiffRemovedLinks"] = Field(alias="removedLinks")
    removed_link_count: int = Field(alias="removedLinkCount")
    changed: list["DiffDiffChanged"]
    changed_count: int = Field(alias="changedCount")
    partial: Optional["DiffDiffPartial"]


class DiffDiffAddedNodes(EntityFields):
    typename__: str = Field(alias="__typename")


class DiffDiffRemovedNodes(EntityFields):
    typename__: str = Field(alias="__typename")


DiffDiffAddedLinks = LinkFields
DiffDiffRemovedLinks = LinkFields
DiffDiffChanged = ChangeFields
DiffDiffPartial = TruncationFields
Diff.model_rebuild()
DiffDiff.model_rebuild()
