"""DrugMechDB: curated paths from a drug to a disease, each an explanation of why the drug helps.

A path is one explanation of the statement that the drug treats the disease, with its links as steps
in the order in which they lead from the drug to the disease. Every link is a claim, and so is the
indication; the references of the path stand on all of them, since DrugMechDB names them for the
path. A path that only says ``treats`` explains nothing and is a claim; one that says that the drug
causes the disease or must not be used in it makes no claim that it treats it.

A drug that is also a substance of the body (dopamine) and is one in most paths is a target there;
where it is taken it has its DrugBank id, so that both can be said.
"""

from iatrograph.importers.drugmechdb.contribution import drugmechdb

__all__ = ["drugmechdb"]
