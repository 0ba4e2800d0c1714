"""The file sets that can be fetched: each file with address, size and SHA-256.

An address names a commit, so what is there never changes. A file has here the name that its reader
looks for. What was put together from several files, or is published as thousands of them
(DrugMechDB), has no bytes to pin and is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file by its bytes: the name it gets, where it is, its size in bytes, its SHA-256 in hex."""

    name: str
    address: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileSet:
    """Files that are read together.

    ``option`` is that of ``iatrograph build`` which takes them; ``notice`` says what their licence
    forbids, and is empty where it forbids nothing.
    """

    name: str
    title: str
    home: str
    licence: str
    files: tuple[PinnedFile, ...]
    notice: str = ""
    option: str = "--with"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


_RAW: Final = "https://raw.githubusercontent.com"
_LFS: Final = "https://media.githubusercontent.com/media"
"""Serves the bytes that a pointer of Git LFS stands for; the other address serves the pointer."""

_SIDER: Final = f"{_RAW}/dhimmel/SIDER4/be3adebc0d845baaddb907a880890cb5e85f5801/download"
_HETIONET: Final = f"{_RAW}/hetio/hetionet/8a6cc0c5604d0e2908786e4de38af67b8e46ee4a/hetnet/tsv"
_HETIONET_LFS: Final = f"{_LFS}/hetio/hetionet/38873689199f81b0e6e11554d9803b94f0c4a12c/hetnet/tsv"
_INDICATIONS: Final = f"{_RAW}/dhimmel/indications/11d535ba0884ee56c3cd5756fdfb4985f313bd80/catalog"
_DRUGCENTRAL: Final = (
    f"{_RAW}/dhimmel/drugcentral/0e085ddb6aa42be367c85eba424edea716bebd94/rephetio"
)
_MONDO: Final = (
    f"{_RAW}/monarch-initiative/mondo/fad2512b4845f483fc1268cdf0bf7a8ef43697cb"
    "/src/ontology/mappings"
)
_KG_IDG: Final = (
    f"{_RAW}/Knowledge-Graph-Hub/kg-idg/cd3d6f868d20f85ef11bdd68182ddf949e586b2b"
    "/kg_idg/transform_utils/drug_central"
)
_DISEASES: Final = (
    f"{_RAW}/DiseaseOntology/HumanDiseaseOntology/9fbefd6651b79526165453395d06c8fd4bfe4247"
    "/DOreports"
)

_SETS: Final = (
    FileSet(
        name="sider",
        title="SIDER 4.1: Side Effect Resource",
        home="http://sideeffects.embl.de",
        licence="https://creativecommons.org/licenses/by-nc-sa/4.0/",
        notice="for non-commercial use only, and what is made of it goes under the same licence",
        files=(
            PinnedFile(
                "meddra_all_se.tsv.gz",
                f"{_SIDER}/meddra_all_se.tsv.gz",
                2_381_171,
                "119b2f5319a9398da83e5fe3419889010dbacf8d3eef590251b00c025e2b3f99",
            ),
            PinnedFile(
                "meddra_freq.tsv.gz",
                f"{_SIDER}/meddra_freq.tsv.gz",
                2_058_445,
                "fcdfbf479c6b568dfca557a3eb2cdbe49c4a3291090999c0de0bd7092feaec7f",
            ),
            PinnedFile(
                "meddra_all_indications.tsv.gz",
                f"{_SIDER}/meddra_all_indications.tsv.gz",
                344_689,
                "3e019c1baec86a5ce056e428da803e821c2708ef22522950a738f330b5985d02",
            ),
        ),
    ),
    FileSet(
        name="hetionet",
        title="Hetionet v1.0",
        home="https://het.io",
        licence="mixed: CC0 1.0, and for parts the licences of its sources, some of them "
        "non-commercial: "
        "https://github.com/dhimmel/integrate/blob/master/licenses/README.md",
        notice="parts of it are for non-commercial use only, among them the side effects (SIDER) "
        "and part of the binding (DrugBank)",
        files=(
            PinnedFile(
                "hetionet-v1.0-nodes.tsv",
                f"{_HETIONET}/hetionet-v1.0-nodes.tsv",
                2_509_984,
                "3ad9eb86c031df8bc7d5efefa6edc93562182eb9a6a71e5129d3f18b9d42c50e",
            ),
            PinnedFile(
                "hetionet-v1.0-edges.sif.gz",
                f"{_HETIONET_LFS}/hetionet-v1.0-edges.sif.gz",
                12_401_407,
                "611f0411ac666be4e0270e54bbca67407e14720bfc3099311f0f5eec25c5a947",
            ),
        ),
    ),
    FileSet(
        name="pharmacotherapydb",
        title="PharmacotherapyDB 1.0",
        home="https://doi.org/10.6084/m9.figshare.3103054",
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        files=(
            PinnedFile(
                "pharmacotherapydb-indications.tsv",
                f"{_INDICATIONS}/indications.tsv",
                76_754,
                "bc956b0092fab88975a07932b89382a0ed593d3d21df23395440cfd9a067a917",
            ),
        ),
    ),
    FileSet(
        name="drugcentral",
        title="DrugCentral, in the tables of Rephetio",
        home="https://drugcentral.org",
        licence="https://creativecommons.org/licenses/by/4.0/",
        files=(
            PinnedFile(
                "drugcentral-targets.tsv",
                f"{_DRUGCENTRAL}/targets.tsv",
                351_122,
                "e431b9a57648b7f5cca0b03d1f4867dd6e9c5dcda48638dec8096debac919eb0",
            ),
            PinnedFile(
                "drugcentral-classes.tsv",
                f"{_DRUGCENTRAL}/classes.tsv",
                139_307,
                "683ac25a986e25b46036f1f4b48cb7e0d0f2e7598baec57051f6fb0507aa3590",
            ),
            PinnedFile(
                "drugcentral-drug-to-class.tsv",
                f"{_DRUGCENTRAL}/drug-to-class.tsv",
                574_332,
                "9b6fb462b7c5db1265063e33403b987fa5196f06d402262cb9f8d96508791774",
            ),
            PinnedFile(
                "drugcentral-indications.tsv",
                f"{_DRUGCENTRAL}/indications.tsv",
                33_309,
                "dc33620bc460b1bc26c905d2eb4acb44075d962db626973e251f69d551a66a4d",
            ),
        ),
    ),
    FileSet(
        name="mappings",
        title="Mappings of Mondo, the Disease Ontology and kg-idg",
        home="https://mondo.monarchinitiative.org",
        licence="CC BY 4.0 (Mondo), CC0 1.0 (Disease Ontology), BSD-3-Clause (kg-idg)",
        option="--mappings",
        files=(
            PinnedFile(
                "mondo_exactmatch_doid.sssom.tsv",
                f"{_MONDO}/mondo_exactmatch_doid.sssom.tsv",
                1_580_376,
                "1718d8644f1dc681c8921cbfd6aa2a46a56751fa49dc064fcd124767118400b0",
            ),
            PinnedFile(
                "mondo_exactmatch_mesh.sssom.tsv",
                f"{_MONDO}/mondo_exactmatch_mesh.sssom.tsv",
                848_222,
                "8285f827ad2b5900825ecbde24c2029e23fa48f2ccfe0c3ebc729f1af8e8535f",
            ),
            PinnedFile(
                "mondo_exactmatch_umls.sssom.tsv",
                f"{_MONDO}/mondo_exactmatch_umls.sssom.tsv",
                2_339_760,
                "b418ee92228b18ab178ea6e5bf67ed3acf826d59f6bbaf3157c55f0157fecf1d",
            ),
            PinnedFile(
                "umls-cui_to_hp_map.tsv",
                f"{_KG_IDG}/umls-cui_to_hp_map.tsv",
                289_000,
                "8d51ddcf7db8914e9e31709795d5d1ee62b9dc37947950fd3c79d485cb3d7390",
            ),
            PinnedFile(
                "umls-cui_to_mondo_map.tsv",
                f"{_KG_IDG}/umls-cui_to_mondo_map.tsv",
                439_568,
                "95c1e5093f520e30c152564e4b364cc7e128586253c7bd35f0365c0d91e0ed2d",
            ),
            PinnedFile(
                "do-xrefs.tsv",
                f"{_DISEASES}/allXREFinDO.tsv",
                2_351_385,
                "5cc96c482609e61fe89bb929bc11fd9a4006018b44631b0c22766ea4b09c986c",
            ),
        ),
    ),
)
FILE_SETS: Final[Mapping[str, FileSet]] = MappingProxyType({found.name: found for found in _SETS})
"""By the name that ``iatrograph fetch`` takes."""
