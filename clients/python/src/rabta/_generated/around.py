from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ContainedBy, EntityKind
from .fragments import LinkFields


class Around(BaseModel):
    place: Optional["AroundPlace"]


class AroundPlace(BaseModel):
    id: str
    around: list["AroundPlaceAround"]


class AroundPlaceAround(BaseModel):
    place: "AroundPlaceAroundPlace"
    contained_by: ContainedBy = Field(alias="containedBy")
    links: list["AroundPlaceAroundLinks"]


class AroundPlaceAroundPlace(BaseModel):
    id: str
    kind: EntityKind
    name: str


AroundPlaceAroundLinks = LinkFields
Around.model_rebuild()
AroundPlace.model_rebuild()
AroundPlaceAround.model_rebuild()
