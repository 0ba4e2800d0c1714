"""The alignment is held against the Biolink model itself, in the release that is installed."""

from __future__ import annotations

from functools import cache
from importlib.metadata import files
from typing import TYPE_CHECKING, Final

import pytest
import yaml  # type: ignore[import-untyped]
from rdflib import OWL, SKOS, Graph, Literal, URIRef

from iatrograph.errors import UnreadableFile
from iatrograph.model.conformance import AGENT_TYPES, KNOWLEDGE_LEVELS
from iatrograph.vocabulary import PREFIXES, Ontology, resource
from iatrograph.vocabulary.alignment import FILE, Alignment, alignment, load_alignment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BIOLINK: Final = PREFIXES["biolink"]
MATCHES: Final = (SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.broadMatch)

NO_HOME: Final = {
    "about terms and documents": {
        *("related_to_at_concept_level", "related_to_at_instance_level", "close_match"),
        *("broad_match", "narrow_match", "member_of", "has_member", "opposite_of", "mentions"),
        *("mentioned_by", "contributor", "has_contributor", "provider", "has_provider"),
        *("publisher", "has_publisher", "editor", "has_editor", "author", "has_author"),
        *("has_completed", "has_not_completed", "completed_by", "not_completed_by"),
    },
    "about genes, transcripts and variants": {
        *("gene_fusion_with", "genetic_neighborhood_of", "gene_product_of", "has_gene_product"),
        *("transcribed_to", "transcribed_from", "translates_to", "translation_of"),
        *("homologous_to", "paralogous_to", "orthologous_to", "xenologous_to", "similar_to"),
        *("has_sequence_location", "sequence_location_of", "in_linkage_disequilibrium_with"),
        *("is_sequence_variant_of", "has_sequence_variant", "is_missense_variant_of"),
        *("has_missense_variant", "is_synonymous_variant_of", "has_synonymous_variant"),
        *("is_nonsense_variant_of", "has_nonsense_variant", "is_frameshift_variant_of"),
        *("has_frameshift_variant", "is_splice_site_variant_of", "has_splice_site_variant"),
        *("is_nearby_variant_of", "has_nearby_variant", "is_non_coding_variant_of"),
        *("has_non_coding_variant", "has_molecular_consequence", "is_molecular_consequence_of"),
        *("mode_of_inheritance_of", "has_mode_of_inheritance", "in_taxon", "taxon_of"),
        *("model_of", "models"),
    },
    "about what things are made of, become and follow": {
        *("overlaps", "composed_primarily_of", "primarily_composed_of", "lacks_part"),
        *("missing_from", "derives_into", "derives_from", "has_metabolite", "is_metabolite_of"),
        *("develops_from", "develops_into", "temporally_related_to", "precedes", "preceded_by"),
        *("consumes", "consumed_by", "has_substrate", "is_substrate_of"),
        *("has_increased_amount", "increased_amount_of"),
    },
    "without a result": {"was_tested_for_effect_on", "was_tested_for_effect_of"},
}
"""Predicates of Biolink that no relation here matches, not even as a broader one."""

NO_CLASS: Final = {
    *("NamedThing", "Attribute", "BiologicalSex", "PhenotypicSex", "GenotypicSex"),
    *("SeverityValue", "OrganismAttribute", "PhenotypicQuality", "Zygosity"),
    *("ClinicalAttribute", "ClinicalModifier", "ClinicalCourse", "Onset"),
    *("SocioeconomicAttribute", "OrganismTaxon", "Event", "AdministrativeEntity", "Agent"),
    *("StudyResult", "ConceptCountAnalysisResult", "ObservedExpectedFrequencyAnalysisResult"),
    *("RelativeFrequencyAnalysisResult", "ChiSquaredAnalysisResult", "LogOddsAnalysisResult"),
    *("TextMiningStudyResult", "IceesStudyResult", "ProteinLigandAssayResult"),
    *("InformationContentEntity", "StudyVariable", "CommonDataElement", "Dataset"),
    *("DatasetDistribution", "DatasetVersion", "DatasetSummary", "ConfidenceLevel", "Evidence"),
    *("Publication", "Book", "BookChapter", "Serial", "Article", "JournalArticle", "Patent"),
    *("WebPage", "PreprintPublication", "DrugLabel", "RetrievalSource", "EvidenceType"),
    *("PhysicalEntity", "MaterialSample", "Activity", "Study", "ClinicalTrial", "Phenomenon"),
    *("Device", "PlanetaryEntity", "EnvironmentalProcess", "EnvironmentalFeature"),
    *("GeographicLocation", "GeographicLocationAtTime", "BiologicalEntity", "RegulatoryRegion"),
    *("AccessibleDnaRegion", "TranscriptionFactorBindingSite", "GeneticInheritance"),
    *("OrganismalEntity", "Bacterium", "Virus", "CellularOrganism", "Mammal", "Human", "Plant"),
    *("Invertebrate", "Vertebrate", "Fungus", "IndividualOrganism", "Case", "CellLine"),
    *("DiseaseOrPhenotypicFeature", "NucleosomeModification", "Genome", "Exon"),
    *("CodingSequence", "PosttranslationalModification", "NucleicAcidSequenceMotif", "Genotype"),
    *("Haplotype", "SequenceVariant", "Snv", "ReagentTargetedGene", "ClinicalEntity"),
    *("EnvironmentalFoodContaminant",),
}
"""Categories of Biolink whose things are of no class here, or of one that they do not tell."""


@cache
def model() -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    """Return the schema as the package has it."""
    (path,) = (p for p in files("biolink-model") or () if p.name == "biolink_model.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, Mapping[str, Mapping[str, object]]] = yaml.load(
        path.read_text("utf-8"),
        loader,  # noqa: S506  # a safe one
    )
    return found


def snake(name: object) -> str:
    """Return the name of a slot as KGX has it."""
    return str(name).replace(",", "").replace(" ", "_")


def camel(name: str) -> str:
    """Return the name of a class as KGX has it."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


@cache
def slots() -> Mapping[str, Mapping[str, object]]:
    """Return the slots by their name in KGX."""
    return {snake(name): slot or {} for name, slot in model()["slots"].items()}


@cache
def lines() -> Mapping[str, frozenset[str]]:
    """Return for each slot itself and the broader ones, mixins too."""
    return {name: _line(name) for name in slots()}


def _line(name: str) -> frozenset[str]:
    reached = [name]
    for each in reached:
        slot = slots().get(each, {})
        mixins = slot.get("mixins") or []
        assert isinstance(mixins, list)
        reached += [snake(above) for above in [slot.get("is_a"), *mixins] if above]
    return frozenset(reached)


@cache
def predicates() -> frozenset[str]:
    """Return the predicates of Biolink."""
    return frozenset(name for name in slots() if "related_to" in lines()[name])


@cache
def inverses() -> Mapping[str, str]:
    """Return for each predicate that has one the predicate that reads the other way."""
    found: dict[str, str] = {}
    for name, slot in slots().items():
        if slot.get("inverse"):
            other = snake(slot["inverse"])
            found[name] = other
            found.setdefault(other, name)
    return found


@cache
def categories() -> Mapping[str, tuple[str, ...]]:
    """Return for each category itself and the broader ones, mixins left out."""
    classes = model()["classes"]
    found: dict[str, tuple[str, ...]] = {}
    for name in classes:
        line, at = [name], name
        while above := (classes[at] or {}).get("is_a"):
            line.append(at := str(above))
        if "named thing" in line:
            found[camel(name)] = tuple(map(camel, line))
    return found


@cache
def prefixes_of(category: str) -> frozenset[str]:
    """Return the prefixes that the model lists for a category and those it lies below."""
    classes = {camel(name): cls or {} for name, cls in model()["classes"].items()}
    found: set[str] = set()
    for name in categories()[category]:
        listed = classes[name].get("id_prefixes") or []
        assert isinstance(listed, list)
        found.update(listed)
    return frozenset(found)


def biolink_prefixes() -> frozenset[str]:
    """Return the prefixes that the model lists for any class."""
    return frozenset(prefix for name in categories() for prefix in prefixes_of(name))


@pytest.fixture(scope="module")
def words() -> Alignment:
    """Return the alignment of the package."""
    return alignment()


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Return the file of the alignment."""
    return Graph().parse(resource("ontology") / FILE)


def matched(graph: Graph) -> set[str]:
    """Return the words of Biolink that something is matched with, values of slots left out."""
    return {
        str(other).removeprefix(BIOLINK)
        for prop in MATCHES
        for other in graph.objects(predicate=prop)
        if str(other).startswith(BIOLINK) and "#" not in str(other)
    }


def retired(graph: Graph) -> set[str]:
    """Return the words that the file says earlier releases had."""
    found = graph.subjects(OWL.deprecated, Literal(lexical_or_value=True))
    return {str(word).removeprefix(BIOLINK) for word in found}


def test_every_word_is_of_the_model_or_of_an_earlier_one(graph: Graph) -> None:
    """What is matched is a slot or class of the model, or is said to be one no longer."""
    known = {*slots(), *map(camel, model()["classes"])}

    assert matched(graph) - known == retired(graph)


def test_the_file_names_the_release_it_was_checked_against(checkout: Path) -> None:
    """The description, the pinned package and the model that is installed are of one release."""
    text = (resource("ontology") / FILE).read_text("utf-8")
    version = model()["version"]

    assert f"Biolink Model {version}." in text
    for pins in ("constraints.txt", "tests/exporters/kgx/requirements.txt"):
        assert f"biolink-model=={version}\n" in (checkout / pins).read_text()


def test_values_are_values_of_their_slots(words: Alignment, graph: Graph) -> None:
    """The concepts matched, and what qualifies a relation, are values of Biolink's enumerations."""
    enums = model()["enums"]
    for prop in MATCHES:
        for other in graph.objects(predicate=prop):
            enum, hash_, value = str(other).removeprefix(BIOLINK).partition("#")
            if str(other).startswith(BIOLINK) and hash_:
                assert value in enums[enum]["permissible_values"], other  # type: ignore[operator]
    for match in words.qualified:
        for slot, values in match.qualifiers.items():
            allowed = enums[str(slots()[slot]["range"])]["permissible_values"]
            assert set(values) <= set(allowed), match  # type: ignore[call-overload]
            assert len(values) == len(set(values)), match


def test_every_predicate_has_a_relation_or_is_known_to_have_none(words: Alignment) -> None:
    """A predicate that a new release brings is looked at by a person."""
    read = {*words.relations, *words.inverses}
    homeless = {name for names in NO_HOME.values() for name in names}

    assert predicates() - read == homeless


def test_every_category_has_a_class_or_is_known_to_have_none(words: Alignment) -> None:
    """A category that a new release brings is looked at by a person."""
    assert set(categories()) - set(words.kinds) == NO_CLASS


def test_inverses_are_those_of_the_model(words: Alignment) -> None:
    """Each predicate that is read backwards is the inverse of one that is read, and none lacks."""
    assert words.inverses == {
        other: name
        for name in words.relations
        if (other := inverses().get(name)) and other not in words.relations
    }


def test_symmetric_predicates_are_those_of_the_model(words: Alignment) -> None:
    """Each predicate that is read and reads both ways is said to, and no other."""
    symmetric = {name for name in words.relations if slots().get(name, {}).get("symmetric")}

    assert words.symmetric == symmetric


def test_symmetry_is_kept(words: Alignment, ontology: Ontology) -> None:
    """A symmetric relation is written with a symmetric predicate."""
    for relation in ontology.relations.values():
        if relation.is_symmetric and relation.name in words.predicates:
            predicate = words.predicates[relation.name]
            assert slots()[predicate].get("symmetric"), relation.name


def test_matches_keep_the_hierarchy(graph: Graph, ontology: Ontology) -> None:
    """What exactly matches a broader relation is broader than what matches a narrower one."""
    exact = {
        relation.name: str(other).removeprefix(BIOLINK)
        for relation in ontology.relations.values()
        for other in graph.objects(URIRef(relation.iri), SKOS.exactMatch)
        if str(other).startswith(BIOLINK)
    }
    for name, predicate in exact.items():
        for above in ontology.relations[name].ancestors[1:]:
            if above in exact:
                assert exact[above] in lines()[predicate], (name, above)


def test_narrow_matches_of_an_exact_match_are_narrower(graph: Graph, ontology: Ontology) -> None:
    """Where a relation is exactly a predicate, what is read as it too lies below that predicate.

    Except for associations, where the relation is wider and takes in the unspecified, and for what
    Biolink has elsewhere: ``occurs_in_disease``.
    """
    for relation in ontology.relations.values():
        own = URIRef(relation.iri)
        exact = [
            str(other).removeprefix(BIOLINK)
            for other in graph.objects(own, SKOS.exactMatch)
            if str(other).startswith(BIOLINK)
        ]
        if not exact or relation.name in ("associatedWith", "contributesTo"):
            continue
        for other in graph.objects(own, SKOS.narrowMatch):
            name = str(other).removeprefix(BIOLINK)
            if name in predicates():
                assert exact[0] in lines()[name], (relation.name, name)


def test_predicates_take_what_relations_take(words: Alignment, ontology: Ontology) -> None:
    """What is read as a relation of interventions is in Biolink about chemicals or treatments."""
    takers = {"chemical or drug or treatment", "chemical entity", "molecular entity", "None"}
    for predicate, names in words.relations.items():
        domain = str(slots().get(predicate, {}).get("domain"))
        for name in names:
            if ontology.kind_of_role(ontology.relations[name].domain) == "Intervention":
                assert domain in takers, (predicate, name)


def test_classes_keep_the_hierarchy(words: Alignment) -> None:
    """A category has none of another class above it, two that are meant so apart."""
    apart = {
        ("Treatment", "Context"),  # Biolink has treatments below exposures
        ("Hospitalization", "Therapy"),  # and a stay in a hospital below interventions
    }
    for name, kind in words.kinds.items():
        for above in categories().get(name, ()):
            if (other := words.kinds.get(above, kind)) != kind:
                assert (name, other) in apart, (name, above)


def test_every_term_can_be_written(words: Alignment, ontology: Ontology) -> None:
    """Each relation and class has one predicate and one category of the model to be written as."""
    assert set(words.predicates) == {*ontology.relations, "relatedTo"}
    assert {words.predicates[name] for name in words.predicates} <= predicates()
    concrete = {cls.name for cls in ontology.concrete_classes}
    assert concrete <= set(words.categories)
    assert {words.categories[name] for name in concrete} <= set(categories())


def test_what_is_written_is_not_a_matter_of_chance(graph: Graph, ontology: Ontology) -> None:
    """The best match that can be written is the only one of its rank."""
    for name in (*ontology.relations, *ontology.classes, *ontology.qualifiers):
        own = URIRef(PREFIXES["ig"] + name)
        for prop in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch):
            found = [o for o in graph.objects(own, prop) if str(o).startswith(BIOLINK)]
            if found:
                assert len(found) == 1, (name, prop)
                break


def test_qualifiers_are_written_with_the_predicate_they_qualify(
    words: Alignment, ontology: Ontology
) -> None:
    """Only a relation whose predicate says less than it does is written with qualifiers."""
    written = {name: words.qualified_match(name) for name in ontology.relations}
    qualified = {name: match for name, match in written.items() if match}

    assert set(qualified) == {"agonistOf", "decreases", "increases", "lessens", "raisesExposureOf"}
    for name, match in qualified.items():
        assert match.predicates[0] == words.predicates[name]
        assert name not in words.relations.get(match.predicates[0], ())
    assert {slot: values[0] for slot, values in qualified["increases"].qualifiers.items()} == {
        "object_direction_qualifier": "increased",
        "object_aspect_qualifier": "activity_or_abundance",
    }


def test_subjects_are_terms_of_the_ontology(graph: Graph, ontology: Ontology) -> None:
    """Nothing is matched that the ontology does not have."""
    text = Graph()
    for name in ("iatrograph.ttl", "schemes.ttl"):
        text.parse(resource("ontology") / name)
    subjects = {s for prop in MATCHES for s in graph.subjects(prop)}

    assert subjects <= set(text.subjects())
    assert {str(s) for s in subjects} >= {r.iri for r in ontology.relations.values()}


def test_prefixes_are_spelt_as_in_the_model(words: Alignment, ontology: Ontology) -> None:
    """Every prefix is one of Biolink's, and of those of the ontology only NDF-RT has none there."""
    assert set(words.prefixes.values()) <= set(model()["prefixes"]) | biolink_prefixes()
    assert {
        prefix for prefix in ontology.identifier_patterns if prefix.casefold() not in words.prefixes
    } == {"ndfrt"}


def test_a_prefix_with_a_category_is_one_that_its_things_have(words: Alignment) -> None:
    """The narrower category takes such identifiers, and is read as a class whose own is wider."""
    for prefix, category in words.prefix_categories.items():
        assert prefix in words.prefixes.values()
        assert prefix in prefixes_of(category), category
        kind = words.kinds[category]
        assert words.categories[kind] in categories()[category], (category, kind)


def test_no_claim_is_written_so_that_programs_merge_its_ends(words: Alignment) -> None:
    """``same_as`` makes one node of two wherever KGX is merged; a claim is no reason for that."""
    assert not {"same_as", "exact_match"} & set(words.predicates.values())
    assert words.relations["same_as"] == ("equatedWith",)


def test_concepts_are_written_as_values_that_mean_the_same(words: Alignment) -> None:
    """What a concept is written as is read as that concept; narrower values are only read."""
    assert {iri: words.concepts[value] for iri, value in words.values.items()} == {
        iri: iri for iri in words.values
    }
    assert "off_label_use" in words.concepts
    assert "off_label_use" not in words.values.values()


def test_levels_and_agents_are_those_of_the_model() -> None:
    """Knowledge levels and agent types of claims are Biolink's."""
    enums = model()["enums"]

    assert set(KNOWLEDGE_LEVELS) == set(enums["KnowledgeLevelEnum"]["permissible_values"])  # type: ignore[call-overload]
    assert set(AGENT_TYPES) == set(enums["AgentTypeEnum"]["permissible_values"])  # type: ignore[call-overload]


def test_a_file_that_is_no_turtle_is_told_with_its_line(tmp_path: Path, ontology: Ontology) -> None:
    """The reader names file and line; a missing file is named too."""
    with pytest.raises(UnreadableFile, match="No such file"):
        load_alignment(tmp_path, ontology)
    (tmp_path / FILE).write_text("@prefix a: <b:c> .\na:b a:c\n")
    with pytest.raises(UnreadableFile, match=rf"{FILE}:\d"):
        load_alignment(tmp_path, ontology)
