"""The layout of PrimeKG's ``kg.csv``, in which each edge stands in both directions.

Targets of drugs are acted on; of enzymes, carriers and transporters it is not told which way the
action goes, so that they are associated. Which of two phenotypes, diseases or processes is the
parent is not told either: those edges have no meaning here.
"""

from __future__ import annotations

from typing import Final

from iatrograph.importers.kgx.layout import Layout, Meaning, Table

_CURATED: Final = ("knowledge_assertion", "manual_agent", "opinion")
_MINED: Final = ("knowledge_assertion", "text_mining_agent", "label")
_COMPUTED: Final = ("statistical_association", "data_analysis_pipeline", "computed")

PRIMEKG: Final = Layout(
    edges=Table(
        {
            "subject": "{x_source}:{x_id}",
            "subject_name": "x_name",
            "subject_category": "x_type",
            "predicate": "{relation}/{display_relation}",
            "object": "{y_source}:{y_id}",
            "object_name": "y_name",
            "object_category": "y_type",
        }
    ),
    prefixes={"NCBI": "NCBIGene", "HPO": "HP", "CTD": "mesh", "REACTOME": "REACT"},
    categories={
        "gene/protein": "Gene",
        "drug": "Drug",
        "disease": "Disease",
        "effect/phenotype": "PhenotypicFeature",
        "anatomy": "AnatomicalEntity",
        "cellular_component": "CellularComponent",
        "biological_process": "BiologicalProcess",
        "molecular_function": "MolecularActivity",
        "pathway": "Pathway",
        "exposure": "ChemicalEntity",
    },
    predicates={
        "indication/indication": Meaning("treats", False, *_CURATED),
        "off-label use/off-label use": Meaning("applied_to_treat", False, *_CURATED),
        "contraindication/contraindication": Meaning("contraindicated_in", False, *_CURATED),
        "drug_effect/side effect": Meaning("has_side_effect", False, *_MINED),
        "disease_phenotype_positive/phenotype present": Meaning("has_phenotype", False, *_CURATED),
        "disease_phenotype_negative/phenotype absent": Meaning("has_phenotype", True, *_CURATED),
        "drug_drug/synergistic interaction": Meaning(
            "pharmacologically_interacts_with", False, *_CURATED
        ),
        "drug_protein/target": Meaning("affects", False, *_CURATED),
        "drug_protein/enzyme": Meaning("interacts_with", False, *_CURATED),
        "drug_protein/carrier": Meaning("interacts_with", False, *_CURATED),
        "drug_protein/transporter": Meaning("interacts_with", False, *_CURATED),
        "protein_protein/ppi": Meaning("interacts_with", False, *_CURATED),
        "disease_protein/associated with": Meaning("associated_with", False, *_COMPUTED),
        "phenotype_protein/associated with": Meaning("associated_with", False, *_COMPUTED),
        "bioprocess_protein/interacts with": Meaning("actively_involved_in", False, *_CURATED),
        "molfunc_protein/interacts with": Meaning("enables", False, *_CURATED),
        "pathway_protein/interacts with": Meaning("participates_in", False, *_CURATED),
        "cellcomp_protein/interacts with": Meaning("located_in", False, *_CURATED),
        "anatomy_protein_present/expression present": Meaning("expresses", False, *_COMPUTED),
        "anatomy_protein_absent/expression absent": Meaning("expresses", True, *_COMPUTED),
        "exposure_disease/linked to": Meaning("associated_with", False, *_CURATED),
        "exposure_protein/interacts with": Meaning("interacts_with", False, *_CURATED),
    },
    is_undirected=True,
    source="PrimeKG",
    identifier="https://doi.org/10.7910/DVN/IXA7BM",
)
