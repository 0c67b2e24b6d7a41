"""What comes in is taken for nothing else: 0 is no day in 1970, `false` no 0, `"7"` no number."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Final, get_args

from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError

JSON: Final = (0, 7, 1.5, True, False, "0", "7", "1.0", "1_0", "yes", "2026-01-01T00:00:00")
TEXT: Final = ("0", "1.0", "+1", " 1", "1_0", "on", "1767225600", "2026-01-01T00:00:00")


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Give a model and all that it is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_in(field.annotation)
    for part in get_args(annotation):
        yield from models_in(part)


def bodies_of(routes: Iterable[APIRoute]) -> Iterator[type[BaseModel]]:
    for route in routes:
        if route.body_field is not None:
            yield from models_in(route.body_field.field_info.annotation)


def loose_fields(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        adapter = TypeAdapter[Any](field.rebuild_annotation())
        for sent in JSON:
            for one, taken in _taken(adapter, sent):
                if _is_another(one, taken):
                    yield f"{model.__name__}.{name} takes {one!r} for {taken!r}"


def _taken(adapter: TypeAdapter[Any], sent: object) -> Iterator[tuple[object, object]]:
    """Give what becomes of a value, alone and in a list."""
    with suppress(ValidationError):
        yield sent, adapter.validate_python(sent)
    with suppress(ValidationError):
        yield sent, next(iter(adapter.validate_python([sent])))


def _is_another(sent: object, taken: object) -> bool:
    return isinstance(taken, date) or (isinstance(taken, int | float) and type(taken) is not type(sent))


def loose_parameters(route: APIRoute) -> Iterator[str]:
    for field in get_flat_params(route.dependant):
        for sent in TEXT:
            taken, errors = field.validate(sent, {}, loc=())
            if not errors and not isinstance(taken, str) and str(taken) != sent:
                yield f"{route.path} {field.alias} takes {sent!r} for {taken!r}"
