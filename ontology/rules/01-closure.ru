# The hierarchies closed, so that no question has to walk them.
PREFIX ig: <https://w3id.org/iatrograph/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# Every relation below the root is under itself, its super-relations and the root.
INSERT { ?relation rdfs:subPropertyOf ?above }
WHERE {
  ?relation rdfs:subPropertyOf+ ig:relatedTo ; rdfs:subPropertyOf* ?above .
  ?above rdfs:subPropertyOf* ig:relatedTo
} ;

# Every relation below the root has a link from statements to objects.
INSERT { ?edge a owl:ObjectProperty ; ig:edgeOf ?relation }
WHERE {
  ?relation rdfs:subPropertyOf ig:relatedTo
  FILTER (?relation != ig:relatedTo)
  BIND (IRI(REPLACE(STR(?relation), "/ns#", "/edge#")) AS ?edge)
} ;

# An entity has the superclasses of its classes.
INSERT { ?entity a ?above }
WHERE {
  ?class rdfs:subClassOf* ig:Entity ; rdfs:subClassOf+ ?above .
  ?entity a ?class
} ;

INSERT { ?narrow skos:broaderTransitive ?broad } WHERE { ?narrow skos:broader+ ?broad } ;

INSERT { ?claim ig:about ?statement } WHERE { ?claim ig:affirms|ig:denies|ig:mixedOn ?statement }
