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


class Organisation(BaseModel):
    entity: Optional["OrganisationEntity"]
    detail: Optional["OrganisationDetail"]


class OrganisationEntity(EntityFields):
    typename__: str = Field(alias="__typename")


class OrganisationDetail(BaseModel):
    founded: Optional["OrganisationDetailFounded"]
    statuses: list[str]


OrganisationDetailFounded = DateFields
Organisation.model_rebuild()
OrganisationDetail.model_rebuild()
