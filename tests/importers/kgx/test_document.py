from __future__ import annotations

import json
import resource
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iatrograph.errors import UnreadableFile
from iatrograph.importers.kgx import document
from iatrograph.importers.kgx.document import entries

if TYPE_CHECKING:
    from pathlib import Path

SHARING: Final = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
VALUES: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@SHARING
@given(
    document_=st.dictionaries(st.text(max_size=3), VALUES, max_size=3),
    nodes=st.lists(VALUES, max_size=4),
    edges=st.lists(VALUES, max_size=4),
    indent=st.sampled_from([None, 0, 2]),
    piece=st.integers(1, 40),
)
def test_entries_are_those_that_python_reads(
    tmp_path: Path,
    document_: dict[str, object],
    nodes: list[object],
    edges: list[object],
    indent: int | None,
    piece: int,
) -> None:
    """Whatever else is in the document, and wherever it is cut into pieces while it is read."""
    path = tmp_path / "a.json"
    whole = document_ | {"nodes": nodes, "more": document_, "edges": edges}
    path.write_text(json.dumps(whole, indent=indent, ensure_ascii=False), "utf-8")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "_PIECE", piece)
        for name, wanted in (("nodes", nodes), ("edges", edges)):
            found = list(entries(path, name))
            assert [entry.value for entry in found] == wanted
            assert [json.loads(entry.text) for entry in found] == wanted


def test_each_entry_has_its_line(tmp_path: Path) -> None:
    """The line on which it begins, from 1."""
    path = tmp_path / "a.json"
    path.write_text('{"nodes": [\n{"id":\n1},\n\n{"id": 2}],\n"edges": [3\n]}')

    assert [(e.line, e.value) for e in entries(path, "nodes")] == [(2, {"id": 1}), (5, {"id": 2})]
    assert [(e.line, e.value) for e in entries(path, "edges")] == [(6, 3)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"edges": [{"a": 1}\n{"a": 2}]}', ":2: is no well-formed JSON: '{' where , or ] is exp"),
        ('{"edges": [1,\n2', ":2: is no well-formed JSON: the end where"),
        ('{"edges": [{"a": "\n', "is no well-formed JSON"),
        ('{"edges": [tru]}', "is no well-formed JSON: Expecting value"),
        ('{"edges" [1]}', "'\\[' where : is expected"),
        ('{"edges": [1]} x', "has something after its end"),
        ('{"nodes": 7}', "'7' where \\[ is expected"),
        ("{}", "has neither nodes nor edges"),
        ('{"edges": [' + "[" * 100_000, "nested too deeply|no well-formed"),
    ],
)
def test_a_document_that_is_not_well_formed_is_told_with_its_line(
    tmp_path: Path, text: str, reason: str
) -> None:
    """What could be read before is read."""
    path = tmp_path / "a.json"
    path.write_text(text)

    with pytest.raises(UnreadableFile, match=reason):
        list(entries(path, "edges"))


def test_a_document_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    """Of a document no line can be left out."""
    path = tmp_path / "a.json"
    path.write_bytes(b'{"edges": ["\xff\xff"]}')

    with pytest.raises(UnreadableFile, match="is no UTF-8 text"):
        list(entries(path, "edges"))


def test_a_document_on_one_line_is_read_in_little_memory(tmp_path: Path) -> None:
    """Forty megabytes without a line feed are never held at once."""
    path = tmp_path / "a.json"
    entry = json.dumps({"id": "HP:1", "name": "x" * 200})
    with path.open("w") as file:
        file.write('{"nodes": [')
        for _ in range(170_000):
            file.write(entry + ",")
        file.write(entry + "]}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert sum(1 for _ in entries(path, "nodes")) == 170_001
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_an_entry_of_a_hundred_megabytes_is_refused_and_not_held(tmp_path: Path) -> None:
    """Where it ends is not looked for."""
    path = tmp_path / "a.json"
    with path.open("w") as file:
        file.write('{"edges": ["')
        for _ in range(100):
            file.write("x" * 1_000_000)
        file.write('"]}')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(UnreadableFile, match="an entry is longer than 1 MiB"):
        list(entries(path, "edges"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
