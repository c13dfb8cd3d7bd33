from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import BriefFields, ExclusionFields, TruncationFields


class Structure(BaseModel):
    structure: "StructureStructure"


class StructureStructure(BaseModel):
    nodes: int
    edges: int
    isolates: int
    components: int
    largest: int
    density: float
    reciprocity: Optional[float]
    assortativity: Optional[float]
    centralisation: float
    in_centralisation: Optional[float] = Field(alias="inCentralisation")
    fragmentation: float
    distances: Optional["StructureStructureDistances"]
    max_core: int = Field(alias="maxCore")
    core: list["StructureStructureCore"]
    cutpoints: list["StructureStructureCutpoints"]
    bridges: list["StructureStructureBridges"]
    blocks: list["StructureStructureBlocks"]
    block_count: int = Field(alias="blockCount")
    core_size: int = Field(alias="coreSize")
    core_fit: float = Field(alias="coreFit")
    node_count: int = Field(alias="nodeCount")
    link_count: int = Field(alias="linkCount")
    excluded: list["StructureStructureExcluded"]
    partial: Optional["StructureStructurePartial"]


class StructureStructureDistances(BaseModel):
    diameter: int
    at_most: int = Field(alias="atMost")
    mean: float
    low: float
    high: float
    exact: bool
    sources: int
    joined: float


class StructureStructureCore(BriefFields):
    typename__: str = Field(alias="__typename")


class StructureStructureCutpoints(BaseModel):
    node: "StructureStructureCutpointsNode"
    fragmentation: float


class StructureStructureCutpointsNode(BriefFields):
    typename__: str = Field(alias="__typename")


class StructureStructureBridges(BaseModel):
    a: "StructureStructureBridgesA"
    b: "StructureStructureBridgesB"


class StructureStructureBridgesA(BriefFields):
    typename__: str = Field(alias="__typename")


class StructureStructureBridgesB(BriefFields):
    typename__: str = Field(alias="__typename")


class StructureStructureBlocks(BaseModel):
    size: int
    members: list["StructureStructureBlocksMembers"]


class StructureStructureBlocksMembers(BriefFields):
    typename__: str = Field(alias="__typename")


StructureStructureExcluded = ExclusionFields
StructureStructurePartial = TruncationFields
Structure.model_rebuild()
StructureStructure.model_rebuild()
StructureStructureCutpoints.model_rebuild()
StructureStructureBridges.model_rebuild()
StructureStructureBlocks.model_rebuild()
