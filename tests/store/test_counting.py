from collections.abc import Iterator

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.store.counting import COUNTERS
from iatrograph.store.worker import ROW_FORMATS

TRICKY = st.text(alphabet="a\",{}[]\\\n\r\t<result>:'", max_size=12)
CELL = st.one_of(st.none(), TRICKY)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    """Cut bytes into pieces of a size."""
    return (data[at : at + size] for at in range(0, len(data), size))


def literal(value: str | None) -> str:
    """Write a value for a VALUES block."""
    if value is None:
        return "UNDEF"
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        value = value.replace(plain, escaped)
    return f'"{value}"'


@given(st.lists(st.tuples(CELL, CELL), max_size=8), st.integers(min_value=1, max_value=40))
def test_rows_are_counted_exactly_in_every_format(
    rows: list[tuple[str | None, str | None]], size: int
) -> None:
    """Whatever stands in the values, and wherever the engine cuts its pieces."""
    table = " ".join(f"({literal(a)} {literal(b)})" for a, b in rows)
    query = f"SELECT * {{ VALUES (?bindings ?b) {{ {table} }} }}"

    # An empty store: every row is one of VALUES.
    for name, row_format in ROW_FORMATS.items():
        solutions = ox.Store().query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        counter = COUNTERS[name]()
        for piece in pieces(solutions.serialize(format=row_format) or b"", size):
            counter.feed(piece)
        assert (name, counter.rows) == (name, len(rows))
