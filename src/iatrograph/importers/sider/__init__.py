"""SIDER 4.1: side effects, their frequencies and indications, as text mining found them on labels.

What each part of the folder gives, and what is made of it:

=========================  ======================================================================
meddra_all_se.tsv          one claim for each drug and preferred term: hasSideEffect
meddra_freq.tsv            frequencies, folded into that claim; placebo arms as its comparator
meddra_all_indications.tsv one claim for each drug and preferred term: addresses
drug_names.tsv, if there   labels of the drugs
=========================  ======================================================================

Each may be compressed. Lowest level terms are folded into their preferred terms, as synonyms.
``drug_atc.tsv`` is not read: an ATC code is a place in a classification, not a name of the drug.
"""

from iatrograph.importers.sider.contribution import sider

__all__ = ["sider"]
