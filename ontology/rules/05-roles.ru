# Roles from use, and the superclasses that come with them. No other domain or range is inferred: it
# would give a wrong entity another class where it has to be refused.
PREFIX ig: <https://w3id.org/iatrograph/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?entity a ig:Mitigation } WHERE { ?entity ig:mitigates|ig:prevents ?finding } ;

INSERT { ?finding a ig:AdverseEffect } WHERE { ?entity a ig:Intervention ; ig:mayCause ?finding } ;

INSERT { ?factor a ig:RiskFactor }
WHERE {
  ?claim ig:likelierWith|ig:worseWith ?factor ; ig:affirms ?statement .
  ?statement rdf:predicate ?relation .
  ?relation rdfs:subPropertyOf ?harm .
  FILTER (?harm IN (ig:mayCause, ig:worsens))
  FILTER NOT EXISTS { ?claim ig:rank ig:rank-deprecated }
} ;

INSERT { ?factor a ig:RiskFactor } WHERE { ?factor ig:increasesRiskOf ?finding } ;

INSERT { ?entity a ?above }
WHERE {
  ?role ig:role true ; rdfs:subClassOf+ ?above .
  ?entity a ?role
}
