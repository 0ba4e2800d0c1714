"""Claims taken in piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_graphs import contributions

from iatrograph.errors import InvalidGraph
from iatrograph.model import Claim, Contribution, Entity, Source, Stance, StatementKey
from iatrograph.tables import intake as module
from iatrograph.tables.intake import Intake, take_in
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from pathlib import Path

KEY = StatementKey("gabapentin", "hasSideEffect", "twitch")
SAID = Claim("gabapentin.hasSideEffect.twitch.label", KEY, Stance.AFFIRMS, "label")


def taken(contribution: Contribution, piece: int, folder: Path | None = None) -> Intake:
    """Take a contribution in, so many claims at once."""
    with patch.object(module, "PIECE", piece):
        return take_in([contribution], ontology(), lambda *_: None, folder)


def of(*claims: Claim) -> Contribution:
    """Return claims about one drug and one effect."""
    entities = (
        Entity("gabapentin", "gabapentin", ("Drug",)),
        Entity("twitch", "muscle twitching", ("Effect",)),
    )
    return Contribution((Source("label", "Label", "database"),), entities, claims)


@given(contributions(), st.integers(1, 4))
@settings(deadline=None, max_examples=40)
def test_pieces_of_any_size_come_to_the_same(contribution: Contribution, piece: int) -> None:
    """Each column, with its order and its values that are not given."""
    parts = taken(contribution, piece)
    whole = taken(contribution, 1 << 17)
    assert parts.statement_keys.tolist() == whole.statement_keys.tolist()
    assert list(parts.claims) == list(whole.claims)
    for name, column in whole.claims.items():
        assert parts.claims[name].to_pylist() == column.to_pylist(), name


def test_nothing_stays_in_the_folder(tmp_path: Path) -> None:
    """The pieces go when their columns have been mapped, which can still be read."""
    found = taken(of(SAID), 1, tmp_path)
    assert not list(tmp_path.iterdir())
    assert found.claims["id"].to_pylist() == [SAID.id]


@pytest.mark.parametrize("piece", [1, 10])
def test_the_same_claim_twice_is_one(piece: int) -> None:
    """It may have come in two pieces."""
    assert taken(of(SAID, SAID), piece).claims["id"].to_pylist() == [SAID.id]


@pytest.mark.parametrize("piece", [1, 10])
def test_one_id_for_two_claims_is_refused(piece: int) -> None:
    """The error names the id and what to do."""
    other = Claim(SAID.id, KEY, Stance.DENIES, "label")
    with pytest.raises(InvalidGraph, match=r"two claims have this id; number the second one"):
        taken(of(SAID, other), piece)
