// urql: queries over HTTP, subscriptions over Server-Sent Events, by its own fetch exchange.
import { Client, fetchExchange } from "@urql/core";
import { authorization, given, iterate, play } from "./scenario.mjs";

const client = new Client({
  url: given.url,
  exchanges: [fetchExchange],
  fetchSubscriptions: true,
  preferGetMethod: false,
  fetchOptions: { headers: { Authorization: authorization } },
});

await play({
  ask: (text, variables) =>
    text.startsWith("mutation")
      ? client.mutation(text, variables).toPromise()
      : client.query(text, variables).toPromise(),
  watch: (text, variables) =>
    iterate((observer) => {
      const watching = client.subscription(text, variables).subscribe((result) => {
        if (result.error) observer.error(result.error);
        else observer.next(result);
      });
      return () => watching.unsubscribe();
    }),
});
