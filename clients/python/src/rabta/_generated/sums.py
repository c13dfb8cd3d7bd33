from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ActorSumFields, WholeSumFields


class Sums(BaseModel):
    place: Optional["SumsPlace"]
    group: Optional["SumsGroup"]
    individual: Optional["SumsIndividual"]
    organisation: Optional["SumsOrganisation"]


class SumsPlace(BaseModel):
    happened: "SumsPlaceHappened"


SumsPlaceHappened = WholeSumFields


class SumsGroup(BaseModel):
    incident_sums: "SumsGroupIncidentSums" = Field(alias="incidentSums")


SumsGroupIncidentSums = ActorSumFields


class SumsIndividual(BaseModel):
    incident_sums: "SumsIndividualIncidentSums" = Field(alias="incidentSums")


SumsIndividualIncidentSums = ActorSumFields


class SumsOrganisation(BaseModel):
    incident_sums: "SumsOrganisationIncidentSums" = Field(alias="incidentSums")


SumsOrganisationIncidentSums = ActorSumFields
Sums.model_rebuild()
SumsPlace.model_rebuild()
SumsGroup.model_rebuild()
SumsIndividual.model_rebuild()
SumsOrganisation.model_rebuild()
