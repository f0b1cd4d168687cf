// Relay's environment over our server: operations over HTTP, subscriptions over graphql-ws.
import { createClient } from "graphql-ws";
import relay from "relay-runtime";
import WebSocket from "ws";
import { authorization, given } from "../scenario.mjs";

const { Environment, Network, Observable, RecordSource, Store } = relay;

export const sockets = createClient({
  url: given.url.replace("http", "ws"),
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: authorization },
  retryWait: async () => {},
});

export async function ask(query, variables) {
  const response = await fetch(given.url, {
    method: "POST",
    headers: { Authorization: authorization, "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

const watch = ({ text, name }, variables) =>
  Observable.create((sink) =>
    sockets.subscribe({ query: text, operationName: name, variables }, sink),
  );

export const environment = new Environment({
  network: Network.create(({ text }, variables) => ask(text, variables), watch),
  store: new Store(new RecordSource()),
});
