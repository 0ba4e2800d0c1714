import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.tables.ragged import distinct


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_distinct_numbers_ascend_and_none_is_lost(numbers: list[int]) -> None:
    """The same as a sorted set."""
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted({*numbers})
