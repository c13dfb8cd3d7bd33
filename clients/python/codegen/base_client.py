from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)


class Transport(Protocol):
    """Carries one operation to a server and brings back its data."""

    def run(self, query: str, operation_name: str, variables: dict[str, object]) -> dict[str, Any]: ...

    def misread(self, e: ValidationError) -> Exception: ...


class BaseClient:
    """What the generated operations stand on: they are sent by a transport."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def execute(self, query: str, operation_name: str, variables: dict[str, object]) -> dict[str, Any]:
        return self.transport.run(query, operation_name, variables)

    def get_data(self, response: dict[str, Any]) -> dict[str, Any]:
        return response

    def read(self, model: type[M], data: dict[str, Any]) -> M:
        try:
            return model.model_validate(data)
        except ValidationError as e:
            raise self.transport.misread(e) from None
