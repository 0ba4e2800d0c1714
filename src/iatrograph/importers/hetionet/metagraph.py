"""The metagraph of Hetionet: its kinds of nodes and sorts of edges, and what they are here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: the class here, the prefix of its ids, and what stands before an id there."""

    class_name: str
    prefix: str
    lead: str = ""


KINDS: Final = {
    "Anatomy": Kind("Anatomy", "UBERON", "UBERON:"),
    "Biological Process": Kind("Process", "GO", "GO:"),
    "Cellular Component": Kind("Anatomy", "GO", "GO:"),
    "Compound": Kind("Drug", "drugbank"),
    "Disease": Kind("Condition", "DOID", "DOID:"),
    "Gene": Kind("Target", "NCBIGene"),
    "Molecular Function": Kind("Process", "GO", "GO:"),
    "Pathway": Kind("Process", "wikipathways"),
    "Pharmacologic Class": Kind("DrugClass", "ndfrt"),
    "Side Effect": Kind("Effect", "umls"),
    "Symptom": Kind("Effect", "mesh"),
}


@dataclass(frozen=True, slots=True)
class Metaedge:
    """A sort of edge: its kinds of ends and name there, its relation and what it rests on here.

    Without a relation nothing is claimed: the source is broader than the target.
    """

    source: str
    name: str
    target: str
    relation: str | None = None
    knowledge_level: str = "not_provided"
    agent_type: str = "not_provided"
    evidence: str = "computed"


_COMPUTED: Final = ("statistical_association", "data_analysis_pipeline", "computed")
_MIXED: Final = ("statistical_association", "not_provided", "computed")
_MENTIONED_TOGETHER: Final = ("text_co_occurrence", "text_mining_agent", "computed")
_SIMILAR: Final = ("prediction", "data_analysis_pipeline", "computed")
_ANNOTATED: Final = ("knowledge_assertion", "not_provided", "computed")
_COLLECTED: Final = ("knowledge_assertion", "not_provided", "opinion")
_CURATED: Final = ("knowledge_assertion", "manual_agent", "opinion")
_LABEL: Final = ("knowledge_assertion", "text_mining_agent", "label")

METAEDGES: Final = {
    "AdG": Metaedge("Anatomy", "downregulates", "Gene", "decreases", *_COMPUTED),
    "AeG": Metaedge("Anatomy", "expresses", "Gene", "expresses", *_MIXED),
    "AuG": Metaedge("Anatomy", "upregulates", "Gene", "increases", *_COMPUTED),
    "CbG": Metaedge("Compound", "binds", "Gene", "binds", *_COLLECTED),
    "CcSE": Metaedge("Compound", "causes", "Side Effect", "hasSideEffect", *_LABEL),
    "CdG": Metaedge("Compound", "downregulates", "Gene", "decreases", *_COMPUTED),
    "CpD": Metaedge("Compound", "palliates", "Disease", "mitigates", *_CURATED),
    "CrC": Metaedge("Compound", "resembles", "Compound", "analogueOf", *_SIMILAR),
    "CtD": Metaedge("Compound", "treats", "Disease", "treats", *_CURATED),
    "CuG": Metaedge("Compound", "upregulates", "Gene", "increases", *_COMPUTED),
    "DaG": Metaedge("Disease", "associates", "Gene", "associatedWith", *_MIXED),
    "DdG": Metaedge("Disease", "downregulates", "Gene", "decreases", *_COMPUTED),
    "DlA": Metaedge("Disease", "localizes", "Anatomy", "affectsSite", *_MENTIONED_TOGETHER),
    "DpS": Metaedge("Disease", "presents", "Symptom", "hasSymptom", *_MENTIONED_TOGETHER),
    "DrD": Metaedge("Disease", "resembles", "Disease", "associatedWith", *_MENTIONED_TOGETHER),
    "DuG": Metaedge("Disease", "upregulates", "Gene", "increases", *_COMPUTED),
    "GcG": Metaedge("Gene", "covaries", "Gene", "associatedWith", *_COMPUTED),
    "GiG": Metaedge("Gene", "interacts", "Gene", "binds", *_ANNOTATED),
    "GpBP": Metaedge("Gene", "participates", "Biological Process", "participatesIn", *_ANNOTATED),
    "GpCC": Metaedge("Gene", "participates", "Cellular Component", "locatedIn", *_ANNOTATED),
    "GpMF": Metaedge("Gene", "participates", "Molecular Function", "participatesIn", *_ANNOTATED),
    "GpPW": Metaedge("Gene", "participates", "Pathway", "participatesIn", *_ANNOTATED),
    "Gr>G": Metaedge("Gene", "regulates", "Gene", "actsOn", *_COMPUTED),
    "PCiC": Metaedge("Pharmacologic Class", "includes", "Compound"),
}
"""By abbreviation; the meaning of each stands in hetio/hetionet, describe/definitions.json."""
