from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from tests.release.builds import MINI, WORDS, assert_whole, mini, variant

from iatrograph.errors import InvalidGraph, InvalidSetting, ReleaseUnavailable
from iatrograph.model import Contribution
from iatrograph.release import (
    activate,
    build_bundled,
    build_folder,
    build_release,
    current_release,
    list_releases,
    open_current,
    open_or_build,
    open_release,
)
from iatrograph.store.loading import LOADING
from iatrograph.tables.layout import FORMAT_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Value = TypeVar("Value")
THIS_FORMAT = f'"format_version": {FORMAT_VERSION}'


def mixed(values: Iterable[Value], seed: int) -> tuple[Value, ...]:
    """Return the values in another order."""
    order = list(values)
    random.Random(seed).shuffle(order)  # noqa: S311  # no secret
    return tuple(order)


def test_a_build_is_whole_and_current(tmp_path: Path) -> None:
    """A build makes a release of tables, search and store, and points to it."""
    info = build_release([mini()], tmp_path, WORDS)

    release = open_current(tmp_path)
    assert release.info == info
    assert current_release(tmp_path) == release.folder
    assert info.counts["claims"] == 6
    assert info.counts["statements"] == 6
    assert [(source.id, source.licence) for source in info.sources] == [
        ("one", None),
        ("two", None),
    ]
    assert_whole(release)


def test_order_of_input_does_not_count(tmp_path: Path) -> None:
    """The same content has the same id, in whatever order it comes and wherever it is built."""
    first = build_release([mini()], tmp_path / "first", WORDS)
    for seed in range(3):
        given = mini()
        shuffled = Contribution(
            sources=mixed(given.sources, seed),
            entities=mixed(given.entities, seed),
            claims=mixed(given.claims, seed),
            references=mixed(given.references, seed),
            explanations=mixed(given.explanations, seed),
        )
        again = build_release([shuffled], tmp_path / str(seed), WORDS)
        assert again.content_sha256 == first.content_sha256


def test_parts_of_a_whole(tmp_path: Path) -> None:
    """Contributions may share sources and entities; together they are one graph."""
    whole = mini()
    claims = tuple(whole.claims)
    halves = [replace(whole, claims=claims[:4]), replace(whole, claims=claims[3:])]
    info = build_release(halves, tmp_path / "halves", WORDS)
    assert info.id == build_release([whole], tmp_path / "whole", WORDS).id


def test_an_entity_brought_twice_keeps_its_first_label(tmp_path: Path) -> None:
    """The label of the later contribution becomes a synonym."""
    whole = mini()
    other = tuple(replace(e, label=f"{e.label} again") for e in whole.entities)
    build_release([whole, replace(whole, entities=other, claims=())], tmp_path, WORDS)

    (fever,) = open_current(tmp_path).tables.entities(["fever"])
    assert fever is not None
    assert (fever.label, fever.synonyms) == ("fever", ("fever again", "pyrexia"))


def test_content_is_built_once(tmp_path: Path) -> None:
    """Building the same content again reuses the release, and the same files are not even read."""
    told: list[str] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        del done, total
        told.append(stage)

    graph = variant(tmp_path, 1)
    first = build_folder(graph, tmp_path / "data", progress)
    assert LOADING in told
    told.clear()
    assert build_folder(graph, tmp_path / "data", progress) == first
    assert not told
    with (graph / "mini.ttl").open("a") as file:
        file.write("# a comment is no content\n")
    assert build_folder(graph, tmp_path / "data", progress) == first
    assert "claims" in told
    assert LOADING not in told
    assert len(list_releases(tmp_path / "data")) == 1


def test_going_back(tmp_path: Path) -> None:
    """An older release can be made current by its id or the start of it."""
    first = build_folder(variant(tmp_path, 1), tmp_path)
    second = build_folder(variant(tmp_path, 2), tmp_path)
    assert {info.id for info in list_releases(tmp_path)} == {first.id, second.id}
    assert open_current(tmp_path).info == second

    assert activate(tmp_path, first.id[:10]) == first

    assert open_current(tmp_path).info == first
    for wrong in ("zzz", "", "..", "../releases", str(tmp_path)):
        with pytest.raises(ReleaseUnavailable, match=f"has no release.*{first.id}"):
            activate(tmp_path, wrong)


def test_a_start_that_several_share(tmp_path: Path) -> None:
    """The start of an id must name one release."""
    for name in ("abc1", "abc2"):
        (tmp_path / "releases" / name).mkdir(parents=True)
    with pytest.raises(
        ReleaseUnavailable, match="more than one release 'abc'; there are: abc1, abc2"
    ):
        activate(tmp_path, "abc")


def test_the_code_that_built_counts(tmp_path: Path) -> None:
    """The same content built by other code is built anew, beside the old one."""
    first = build_folder(MINI, tmp_path)
    note = tmp_path / "releases" / first.folder / "release.json"
    values = json.loads(note.read_text("utf-8"))
    note.write_text(json.dumps(values | {"builder": "older", "inputs": "older"}), "utf-8")

    second = build_folder(MINI, tmp_path)

    assert (second.id, second.folder) == (first.id, f"{first.id}-2")
    assert_whole(open_current(tmp_path))


def test_other_formats_are_refused_in_one_line(tmp_path: Path) -> None:
    """A release of another format, or a damaged one, says what to do."""
    info = build_folder(MINI, tmp_path)
    folder = tmp_path / "releases" / info.folder
    note = folder / "release.json"
    text = note.read_text("utf-8")
    for wrong in (text.replace(THIS_FORMAT, '"format_version": 99'), "{", "[]", "{}"):
        note.write_text(wrong, "utf-8")
        with pytest.raises(ReleaseUnavailable, match="`iatrograph build`") as caught:
            open_current(tmp_path)
        assert "\n" not in str(caught.value)
        assert list_releases(tmp_path) == []
    note.unlink()
    with pytest.raises(ReleaseUnavailable, match="`iatrograph build`"):
        open_release(folder)


@pytest.mark.parametrize(
    "missing",
    ["tables/claims.arrow", "tables/out_rows.npy", "search.sqlite", "tables/sources.arrow"],
)
def test_damaged_tables_are_refused(tmp_path: Path, missing: str) -> None:
    """A release with a missing or broken file does not open."""
    info = build_folder(MINI, tmp_path)
    path = tmp_path / "releases" / info.folder / missing
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(ReleaseUnavailable):
        open_current(tmp_path)
    path.unlink()
    with pytest.raises(ReleaseUnavailable):
        open_current(tmp_path)


def test_no_release_yet(tmp_path: Path) -> None:
    """Without a current release there is nothing to open, and the error says so."""
    assert current_release(tmp_path / "nowhere") is None
    assert list_releases(tmp_path / "nowhere") == []
    with pytest.raises(ReleaseUnavailable, match="no current release; run `iatrograph build`"):
        open_current(tmp_path)
    (tmp_path / "current").symlink_to("releases/gone")
    assert current_release(tmp_path) is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A data folder that cannot be made is a setting to mend."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InvalidSetting, match="data_dir"):
        build_folder(MINI, tmp_path / "file" / "data")
    with pytest.raises(InvalidSetting, match="data_dir"):
        build_folder(MINI, tmp_path / "file")


def test_a_claim_about_nobody(tmp_path: Path) -> None:
    """A claim that names what no contribution defines stops the build, and nothing is left."""
    whole = mini()
    entities = tuple(entity for entity in whole.entities if entity.id != "rash")
    with pytest.raises(InvalidGraph, match="'rash'"):
        build_release([replace(whole, entities=entities)], tmp_path, WORDS)
    assert list((tmp_path / "releases").iterdir()) == []
    assert current_release(tmp_path) is None


def test_two_claims_of_one_id(tmp_path: Path) -> None:
    """One id cannot say two things."""
    whole = mini()
    claims = tuple(whole.claims)
    other = replace(claims[0], agent_type="text_mining_agent")
    with pytest.raises(InvalidGraph, match="two claims have this id"):
        build_release([replace(whole, claims=(*claims, other))], tmp_path, WORDS)


def test_the_bundled_graph_is_built_once_and_again_when_outdated(tmp_path: Path) -> None:
    """Opening builds the bundled graph where nothing is current, or an older one of it is."""
    release = open_or_build(tmp_path)
    assert release.info.is_bundled
    assert_whole(release)
    assert open_or_build(tmp_path).info == release.info
    assert build_bundled(tmp_path) == release.info

    note = release.folder / "release.json"
    values = json.loads(note.read_text("utf-8")) | {"inputs": "older", "builder": "older"}
    note.write_text(json.dumps(values), "utf-8")
    assert open_or_build(tmp_path).info.folder == f"{release.info.id}-2"

    note = open_current(tmp_path).folder / "release.json"
    values = json.loads(note.read_text("utf-8")) | {"format_version": 99}
    note.write_text(json.dumps(values), "utf-8")
    assert open_or_build(tmp_path).info.format_version != 99

    own = build_folder(MINI, tmp_path)
    assert open_or_build(tmp_path).info == own
    note = open_current(tmp_path).folder / "release.json"
    note.write_text(note.read_text("utf-8").replace(THIS_FORMAT, '"format_version": 99'))
    with pytest.raises(ReleaseUnavailable, match="format 99"):
        open_or_build(tmp_path)


def test_an_empty_release(tmp_path: Path) -> None:
    """A release of nothing opens and answers."""
    info = build_release([Contribution((), (), ())], tmp_path, WORDS)
    release = open_current(tmp_path)
    assert info.counts["statements"] == 0
    assert release.tables.search("anything", None, 3) == []
    assert release.tables.entities(["x"]) == [None]
    assert_whole(release)
