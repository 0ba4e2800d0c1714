"""Errors as they stand in an answer: message, place, and a code with what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import get_location

from iatrograph.errors import IatrographError, LimitExceeded, MalformedQuery, NotFound
from iatrograph.graphql.document import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import FieldNode, GraphQLError

Record = dict[str, Any]


def fault(error: GraphQLError) -> Record:
    """Return what is wrong with a query against the schema."""
    record: Record = {"message": shortened(error.message)}
    if error.locations:
        record["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    return record | {"extensions": {"code": "InvalidRequest"}}


def problem(
    error: IatrographError, path: Sequence[str] = (), node: FieldNode | None = None
) -> Record:
    """Return an error of ours, at the root field where it arose if it arose at one."""
    record: Record = {"message": shortened(str(error))}
    if node is not None and node.loc is not None:
        place = get_location(node.loc.source, node.loc.start)
        record["locations"] = [{"line": place.line, "column": place.column}]
    elif isinstance(error, MalformedQuery) and error.line is not None:
        record["locations"] = [{"line": error.line, "column": error.column}]
    if path:
        record["path"] = list(path)
    return record | {"extensions": {"code": type(error).__name__, **_details(error)}}


def _details(error: IatrographError) -> Record:
    match error:
        case NotFound():
            return {"kind": error.kind, "near": list(error.near)}
        case LimitExceeded():
            return {"limit": error.limit, "allowed": error.allowed, "asked": error.asked}
        case _:
            return {}
