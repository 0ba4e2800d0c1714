# What the claims about each statement come to. Deprecated claims count nowhere but in ig:claimCount;
# claims with ig:onlyIf give neither support nor opposition. The weight of a claim is that of its
# evidence level. "Narrower" and "broader" mean: same subject and object, narrower or broader relation.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ig: <https://w3id.org/iatrograph/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# Denial descends: what is denied of the broader is denied of the narrower. Mixed counts as denial.
INSERT { ?statement ig:opposition ?most }
WHERE {
  SELECT ?statement (MAX(?weight) AS ?most) WHERE {
    ?claim ig:denies|ig:mixedOn ?broader ; ig:evidenceLevel ?level .
    ?level ig:weight ?weight .
    ?broader rdf:subject ?subject ; rdf:predicate ?above ; rdf:object ?object .
    ?statement rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?relation .
    ?relation rdfs:subPropertyOf ?above
    FILTER NOT EXISTS { ?claim ig:onlyIf ?context }
    FILTER NOT EXISTS { ?claim ig:rank ig:rank-deprecated }
  } GROUP BY ?statement
} ;

# Affirmation rises, from a claim that is not outweighed where it stands.
INSERT { ?statement ig:support ?most }
WHERE {
  SELECT ?statement (MAX(?weight) AS ?most) WHERE {
    ?claim ig:affirms ?narrower ; ig:evidenceLevel ?level .
    ?level ig:weight ?weight .
    ?narrower rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
    ?statement rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?above .
    ?relation rdfs:subPropertyOf ?above
    OPTIONAL { ?narrower ig:opposition ?opposition }
    FILTER (?narrower = ?statement || !BOUND(?opposition) || ?weight >= ?opposition)
    FILTER NOT EXISTS { ?claim ig:onlyIf ?context }
    FILTER NOT EXISTS { ?claim ig:rank ig:rank-deprecated }
  } GROUP BY ?statement
} ;

INSERT { ?statement ig:asserted ?asserted }
WHERE {
  ?statement a ig:Statement
  OPTIONAL { ?statement ig:support ?support }
  OPTIONAL { ?statement ig:opposition ?opposition }
  BIND (BOUND(?support) && (!BOUND(?opposition) || ?support >= ?opposition) AS ?asserted)
} ;

# Contested: affirmed here or more narrowly, and denied or mixed here or more broadly.
INSERT { ?statement a ig:ContestedStatement }
WHERE {
  ?for ig:affirms ?narrower .
  ?narrower rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  ?statement rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?above .
  ?relation rdfs:subPropertyOf ?above .
  ?broader rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?farAbove .
  ?above rdfs:subPropertyOf ?farAbove .
  ?against ig:denies|ig:mixedOn ?broader
  FILTER NOT EXISTS { ?for ig:rank ig:rank-deprecated }
  FILTER NOT EXISTS { ?against ig:rank ig:rank-deprecated }
} ;

INSERT { ?statement a ig:ContestedStatement }
WHERE {
  ?denial ig:denies ?statement .
  ?mixed ig:mixedOn ?statement
  FILTER NOT EXISTS { ?denial ig:rank ig:rank-deprecated }
  FILTER NOT EXISTS { ?mixed ig:rank ig:rank-deprecated }
} ;

INSERT { ?statement ig:claimCount ?count }
WHERE {
  SELECT ?statement (COUNT(?claim) AS ?count)
  WHERE { ?statement a ig:Statement OPTIONAL { ?claim ig:about ?statement } }
  GROUP BY ?statement
} ;

# Claims of one lineage count once; a claim without one is of its source's: its origin, or itself.
INSERT { ?statement ig:lineageCount ?count }
WHERE {
  SELECT ?statement (COUNT(DISTINCT COALESCE(?lineage, ?origin, ?source)) AS ?count) WHERE {
    ?claim ig:about ?statement ; dcterms:source ?source
    OPTIONAL { ?claim ig:lineage ?lineage }
    OPTIONAL { ?source ig:origin ?origin }
    FILTER NOT EXISTS { ?claim ig:rank ig:rank-deprecated }
  } GROUP BY ?statement
} ;

INSERT { ?statement ig:lineageCount 0 }
WHERE { ?statement a ig:Statement FILTER NOT EXISTS { ?statement ig:lineageCount ?count } } ;

INSERT { ?statement ig:conditionalOn ?context }
WHERE {
  ?claim ig:affirms ?statement ; ig:onlyIf ?context
  FILTER NOT EXISTS { ?claim ig:rank ig:rank-deprecated }
} ;

# What something may cause, and is used against as well, may be what it was given for.
INSERT { ?statement ig:possibleConfoundingByIndication true }
WHERE {
  ?claim ig:affirms ?use .
  ?use rdf:predicate ?purpose ; rdf:subject ?subject ; rdf:object ?object .
  ?purpose rdfs:subPropertyOf ig:addresses .
  ?statement rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?harm .
  ?harm rdfs:subPropertyOf ig:mayCause
  FILTER NOT EXISTS { ?claim ig:rank ig:rank-deprecated }
}
