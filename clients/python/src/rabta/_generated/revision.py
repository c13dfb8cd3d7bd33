from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class Revision(BaseModel):
    revision: "RevisionRevision"


class RevisionRevision(BaseModel):
    sequence: int
    recorded_at: Optional[str] = Field(alias="recordedAt")
    entities: int
    links: int
    claims: int
    sources: int
    store: str
    store_reached: Optional[str] = Field(alias="storeReached")
    store_answers: bool = Field(alias="storeAnswers")


Revision.model_rebuild()
