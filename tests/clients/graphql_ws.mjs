// graphql-ws: everything over one WebSocket.
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { authorization, first, given, play } from "./scenario.mjs";

const client = createClient({
  url: given.url.replace("http", "ws"),
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: authorization },
  retryAttempts: 0,
});
const watch = (query, variables) => client.iterate({ query, variables });

await play({ ask: (query, variables) => first(watch(query, variables)), watch });
await client.dispose();
