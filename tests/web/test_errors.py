"""Errors as problems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iatrograph import errors
from iatrograph.web.errors import MAX_DETAIL, MEANINGS, problem

SAMPLES: list[tuple[Exception, int]] = [
    (errors.MalformedQuery("x", 1, 2), 400),
    (errors.QueryRefused("SERVICE", "x"), 403),
    (errors.LimitExceeded("query_max_depth", 1, 2), 400),
    (errors.LimitExceeded("request_max_kb", 1, 2), 413),
    (errors.LimitExceeded("query_max_characters", 1), 413),
    (errors.NotAcceptable(("text/csv",)), 406),
    (errors.UnsupportedMediaType("x", ("y",)), 415),
    (errors.RequestTimeout(1), 408),
    (errors.InvalidRequest("x"), 400),
    (errors.NotFound("drug", "x", ("y",)), 404),
    (errors.QueryTimeout(10), 503),
    (errors.Busy(3), 503),
    (errors.EngineUnavailable("x"), 503),
    (errors.ReleaseUnavailable(Path("/secret"), "x"), 503),
]


@pytest.mark.parametrize(("error", "status"), SAMPLES)
def test_an_error_is_a_problem_with_its_members(error: Exception, status: int) -> None:
    """Status in the line and in the body; Retry-After where waiting helps."""
    told, headers, body = problem(error)
    document = json.loads(body)

    assert (told, document["status"]) == (status, status)
    assert document["type"].startswith("https://w3id.org/iatrograph/problem/")
    assert (b"retry-after" in dict(headers)) == (status == 503)
    assert dict(headers)[b"content-length"] == str(len(body)).encode()


def test_every_error_that_reaches_the_web_has_a_meaning() -> None:
    """Faults of files, settings and downloads never do; the rest is in the table."""
    at_home = (errors.InvalidData, errors.InvalidSetting, errors.DownloadFailed)
    named = [getattr(errors, name) for name in errors.__all__]
    family = [found for found in named if issubclass(found, Exception)]
    wanted = {c for c in family if not issubclass(c, at_home)} - {errors.IatrographError}

    assert wanted == set(MEANINGS)
    assert {type(error) for error, _ in SAMPLES} == wanted


def test_what_nobody_foresaw_tells_nothing_of_itself() -> None:
    """A foreign error is a 500 without its text."""
    status, _, body = problem(ValueError("secret"))

    assert status == 500
    assert b"secret" not in body
    assert b"secret" not in problem(errors.ReleaseUnavailable(Path("/secret"), "none"))[2]


def test_nobody_gets_a_megabyte_of_his_own_back() -> None:
    """Details are cut, and lone surrogates do not break the document."""
    body = problem(errors.MalformedQuery("x" * 1_000_000 + "\ud800"))[2]

    assert len(body) < 2 * MAX_DETAIL
    assert problem(errors.MalformedQuery("\ud800"))[0] == 400
