# Statements that nobody claims: an entity modifies the risk of an intervention where some affirming
# claim on an asserted statement of that intervention says ig:likelierWith or ig:worseWith. Only harm
# counts: what makes a benefit likelier is no risk.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ig: <https://w3id.org/iatrograph/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

# The IRI has the factor's identifier (a slug, or a percent-encoded CURIE of a declared prefix), the
# relation, and the intervention's part of the IRI of the statement that the claim is about.
INSERT {
  ?derived a ig:Statement ;
    rdf:subject ?factor ; rdf:predicate ig:modifiesRiskOf ; rdf:object ?intervention ;
    ig:derivedFrom ?claim
}
WHERE {
  ?claim ig:likelierWith|ig:worseWith ?factor ; ig:affirms ?statement .
  ?statement ig:asserted true ; rdf:subject ?intervention ; rdf:predicate ?relation .
  ?relation rdfs:subPropertyOf ?harm .
  FILTER (?harm IN (ig:mayCause, ig:worsens))
  ?intervention a ig:Intervention
  FILTER NOT EXISTS { ?claim ig:rank ig:rank-deprecated }
  OPTIONAL { ?declared sh:namespace ?stem ; sh:prefix ?prefix FILTER (STRSTARTS(STR(?factor), STR(?stem))) }
  BIND (IF(BOUND(?stem),
           CONCAT(?prefix, ":", STRAFTER(STR(?factor), STR(?stem))),
           STRAFTER(STR(?factor), "https://w3id.org/iatrograph/id/")) AS ?identifier)
  BIND (REPLACE(ENCODE_FOR_URI(?identifier), "[.]", "%2E") AS ?part)
  BIND (STRBEFORE(STRAFTER(STR(?statement), "/statement/"), ".") AS ?last)
  BIND (IRI(CONCAT("https://w3id.org/iatrograph/statement/", ?part, ".modifiesRiskOf.", ?last)) AS ?derived)
} ;

INSERT { ?derived ig:asserted true ; ig:support ?support ; ig:claimCount ?claims ; ig:lineageCount ?lineages }
WHERE {
  SELECT ?derived (MAX(?weight) AS ?support) (COUNT(DISTINCT ?claim) AS ?claims)
         (COUNT(DISTINCT COALESCE(?lineage, ?origin, ?source)) AS ?lineages)
  WHERE {
    ?derived ig:derivedFrom ?claim .
    ?claim dcterms:source ?source ; ig:evidenceLevel ?level .
    ?level ig:weight ?weight
    OPTIONAL { ?claim ig:lineage ?lineage }
    OPTIONAL { ?source ig:origin ?origin }
  } GROUP BY ?derived
} ;

INSERT { ?derived ?edge ?intervention . ?factor ig:modifiesRiskOf ?intervention }
WHERE {
  ?derived ig:derivedFrom ?claim ; rdf:subject ?factor ; rdf:object ?intervention .
  ?edge ig:edgeOf ig:modifiesRiskOf
}
