// graphql-sse: everything over Server-Sent Events, a connection an operation.
import { createClient } from "graphql-sse";
import { authorization, first, given, play } from "./scenario.mjs";

const client = createClient({
  url: given.url,
  headers: { Authorization: authorization },
  retryAttempts: 0,
});
const watch = (query, variables) => client.iterate({ query, variables });

await play({ ask: (query, variables) => first(watch(query, variables)), watch });
client.dispose();
