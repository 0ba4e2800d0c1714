# Links from every statement to its object, and direct edges for the statements that are asserted.
PREFIX ig: <https://w3id.org/iatrograph/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?statement ?edge ?object }
WHERE {
  ?edge ig:edgeOf ?above .
  ?relation rdfs:subPropertyOf ?above .
  ?statement rdf:predicate ?relation ; rdf:object ?object
} ;

INSERT { ?subject ?above ?object }
WHERE {
  ?statement ig:asserted true ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  ?relation rdfs:subPropertyOf ?above
  FILTER (?above != ig:relatedTo)
} ;

# A symmetric relation holds both ways, and so does what it entails.
INSERT { ?object ?above ?subject }
WHERE {
  ?symmetric a owl:SymmetricProperty ; rdfs:subPropertyOf ?above .
  ?relation rdfs:subPropertyOf ?symmetric .
  ?statement rdf:predicate ?relation ; ig:asserted true ; rdf:subject ?subject ; rdf:object ?object
  FILTER (?above != ig:relatedTo)
}
