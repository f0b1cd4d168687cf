// Apollo Client: queries by their hash over HTTP, subscriptions over a WebSocket.
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { authorization, given, iterate, play } from "./scenario.mjs";

const sockets = createClient({
  url: given.url.replace("http", "ws"),
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: authorization },
});
const hashed = new PersistedQueryLink({
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
});
const sent = { hashes: 0, texts: 0 };
const http = new HttpLink({
  uri: given.url,
  headers: { Authorization: authorization },
  fetch: (url, init) => {
    sent[JSON.parse(init.body).query ? "texts" : "hashes"] += 1;
    return fetch(url, init);
  },
});
const client = new ApolloClient({
  cache: new InMemoryCache(),
  link: ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(sockets),
    hashed.concat(http),
  ),
});

await play({
  more: () => ({ sent }),
  ask: (text, variables) => {
    const document = gql(text);
    return document.definitions[0].operation === "mutation"
      ? client.mutate({ mutation: document, variables })
      : client.query({ query: document, variables, fetchPolicy: "network-only" });
  },
  watch: (text, variables) =>
    iterate((observer) => {
      const watching = client.subscribe({ query: gql(text), variables }).subscribe(observer);
      return () => watching.unsubscribe();
    }),
});
client.stop();
await sockets.dispose();
