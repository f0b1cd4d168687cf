// What a browser has: graphql-request over its fetch, and its EventSource, which reconnects by
// itself with the id of the last event. The link stays the same: only that header has the position.
import { EventSource } from "eventsource";
import { GraphQLClient } from "graphql-request";
import { authorization, COMMENTS, given, iterate, play } from "./scenario.mjs";

const client = new GraphQLClient(given.url, { headers: { Authorization: authorization } });
let cut;
let results;

const open = (variables) =>
  iterate((observer) => {
    const link = new URL(given.url);
    link.searchParams.set("query", COMMENTS);
    link.searchParams.set("variables", JSON.stringify(variables));
    const source = new EventSource(link, {
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const { readable, writable } = new TransformStream();
        const line = new AbortController();
        response.body.pipeTo(writable, { signal: line.signal }).catch(() => {});
        cut = () => line.abort(new TypeError("the line was cut"));
        return new Response(readable, response);
      },
    });
    source.addEventListener("next", (event) => observer.next(JSON.parse(event.data)));
    return () => source.close();
  });

await play({
  ask: async (text, variables) => ({ data: await client.request(text, variables) }),
  watch: async function* (_, variables) {
    results ??= open(variables);
    try {
      for (;;) yield (await results.next()).value;
    } finally {
      cut();
    }
  },
});
await results.return();
