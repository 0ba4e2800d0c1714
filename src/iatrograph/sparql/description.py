"""The service description: what this endpoint is, as RDF (SPARQL 1.1 Service Description).

It is itself a query without a pattern, so that the engine writes it in every format there is.
"""

from __future__ import annotations

from typing import Final

from iatrograph.sparql.dataset import GRAPH_NAME

_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def description_query(endpoint: str, release_id: str) -> str:
    """Return a CONSTRUCT query that yields the description.

    ``endpoint`` is the IRI of the service; a path is resolved by whoever reads the description.
    """
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _RESULT_FORMATS)
    version = release_id.replace("\\", "\\\\").replace('"', '\\"')
    return f"""
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX dcterms: <http://purl.org/dc/terms/>
CONSTRUCT {{
  _:service a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL10Query, sd:SPARQL11Query ;
    sd:resultFormat {formats} ;
    sd:defaultDataset _:dataset .
  _:dataset a sd:Dataset ;
    sd:defaultGraph _:graph ;
    sd:namedGraph _:named .
  _:named a sd:NamedGraph ; sd:name <{GRAPH_NAME}> ; sd:graph _:graph .
  _:graph a sd:Graph ; dcterms:identifier "{version}" .
}} WHERE {{}}"""
