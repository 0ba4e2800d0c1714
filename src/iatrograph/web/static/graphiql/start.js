"use strict";

// Opens GraphiQL on the address of the page, with the query of the address or with the examples.
const place = document.getElementById("graphiql");
const given = new URLSearchParams(location.search);
const tabs = given.has("query")
  ? [{ query: given.get("query"), variables: given.get("variables") || undefined }]
  : JSON.parse(place.dataset.examples);

ReactDOM.createRoot(place).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: location.pathname }),
    defaultTabs: tabs.length ? tabs : undefined,
    query: given.get("query") || undefined,
    shouldPersistHeaders: false,
  })
);
