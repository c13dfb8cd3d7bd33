from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    DateFields,
    EntityFields,
    EntityFieldsNames,
    EntityFieldsPlaced,
    EntityFieldsRetired,
)


class Individual(BaseModel):
    entity: Optional["IndividualEntity"]
    detail: Optional["IndividualDetail"]


class IndividualEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class IndividualDetail(BaseModel):
    birth: Optional["IndividualDetailBirth"]
    death: Optional["IndividualDetailDeath"]
    nationality: Optional[str]
    father_name: Optional[str] = Field(alias="fatherName")
    posts: list[str]


IndividualDetailBirth = DateFields
IndividualDetailDeath = DateFields
Individual.model_rebuild()
IndividualDetail.model_rebuild()
