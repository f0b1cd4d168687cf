import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSETS } from "./assets.mjs";

const { Subscriptions } = await import(new URL("subscriptions.js", ASSETS));

const two = () =>
  new Subscriptions(
    [
      { hash: "a", variables: { draft: "d" } },
      { hash: "b", variables: {} },
    ],
    "e:10",
  );

test("a subscription is named by its hash, and resumed after its cursor", () => {
  const [subscribe, ping] = two().start(0);
  assert.deepEqual(subscribe, {
    type: "subscribe",
    id: "0",
    payload: {
      extensions: { persistedQuery: { version: 1, sha256Hash: "a" } },
      variables: { draft: "d", after: "e:10" },
    },
  });
  assert.deepEqual(ping, { type: "ping" });
});

test("a position that was sent counts for those that the server has confirmed", () => {
  const subscriptions = two();
  subscriptions.start(0);
  subscriptions.start(1);
  subscriptions.confirm();
  subscriptions.advance("e", 20);
  assert.equal(subscriptions.after[0], "e:20");
  assert.equal(subscriptions.after[1], "e:10");
});

test("a subscription that ended is not moved on until it is confirmed again", () => {
  const subscriptions = two();
  subscriptions.start(0);
  subscriptions.start(1);
  subscriptions.end(0);
  subscriptions.confirm();
  subscriptions.confirm();
  subscriptions.advance("e", 20);
  assert.equal(subscriptions.after[0], "e:10");
  assert.equal(subscriptions.after[1], "e:20");
});

test("no cursor goes back, but to where the record has changed", () => {
  const subscriptions = two();
  subscriptions.start(0);
  subscriptions.confirm();
  subscriptions.after[0] = "e:30";
  subscriptions.advance("e", 20);
  assert.equal(subscriptions.after[0], "e:30");
  subscriptions.end(0, "f:5");
  assert.equal(subscriptions.after[0], "f:5");
});

test("after the socket's end nothing is confirmed", () => {
  const subscriptions = two();
  subscriptions.start(0);
  subscriptions.confirm();
  subscriptions.start(1);
  subscriptions.endAll();
  subscriptions.confirm();
  subscriptions.advance("e", 20);
  assert.equal(subscriptions.after[0], "e:10");
  assert.equal(subscriptions.after[1], "e:10");
});
