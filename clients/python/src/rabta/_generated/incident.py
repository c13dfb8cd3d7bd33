from typing import Optional

from .base_model import BaseModel
from .fragments import IncidentFields


class Incident(BaseModel):
    incident: Optional["IncidentIncident"]


IncidentIncident = IncidentFields
Incident.model_rebuild()
