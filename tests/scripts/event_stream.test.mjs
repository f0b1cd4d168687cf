import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSETS } from "./assets.mjs";

const { followByEvents } = await import(new URL("event_stream.js", ASSETS));
const { Subscriptions } = await import(new URL("subscriptions.js", ASSETS));

/** The streams that were opened, the latest last. */
const streams = [];
const waits = [];

globalThis.location = { href: "https://forum.example/" };
globalThis.EventSource = class {
  constructor(address) {
    this.after = JSON.parse(address.searchParams.get("variables")).after;
    this.listeners = {};
    streams.push(this);
  }

  addEventListener(type, listener) {
    this.listeners[type] = listener;
  }

  receive(type, payload) {
    if (!this.isClosed) this.listeners[type]({ data: JSON.stringify(payload) });
  }

  close() {
    this.isClosed = true;
  }
};

/** A followed subscription, and what its listener was told. */
function following(t) {
  const told = [];
  const listener = {
    onOpen: () => told.push("open"),
    onClose: () => told.push("closed"),
    onNext: (data, position) => told.push(position),
    onRecordChanged: (after) => told.push(`changed after ${after}`),
  };
  t.mock.method(globalThis, "setTimeout", (act, ms) => waits.push([act, ms]));
  const end = followByEvents("/graphql", new Subscriptions([{ hash: "a" }], "e:10"), listener);
  return { told, end };
}

/** What the server sends when a subscription fails, before it is complete. */
const failed = (extensions) => ({ errors: [{ message: "It ended.", extensions }] });

test("a changed record is told, and followed after the position that it still has", (t) => {
  const { told } = following(t);
  const first = streams.at(-1);
  first.receive("next", { data: {}, extensions: { epoch: "e", position: 12 } });
  first.receive("next", failed({ code: "RECORD_CHANGED", epoch: "f", after: 11 }));
  first.receive("complete");
  assert.deepEqual(told, [12, "changed after f:11", "closed"]);
  assert.ok(first.isClosed);
  const [again, ms] = waits.at(-1);
  assert.equal(ms, 0);
  again();
  assert.equal(streams.at(-1).after, "f:11");
});

test("a stream that ends for now goes on later, after what it has brought", (t) => {
  const { told } = following(t);
  streams.at(-1).receive("next", { data: {}, extensions: { epoch: "e", position: 12 } });
  streams.at(-1).receive("next", failed({ code: "RATE_LIMITED", retryAfterMs: 7_000 }));
  streams.at(-1).receive("complete");
  const [again, ms] = waits.at(-1);
  assert.equal(ms, 7_000);
  again();
  assert.equal(streams.at(-1).after, "e:12");
  assert.deepEqual(told, [12, "closed"]);
});

test("a stream that would be refused again is not opened again", (t) => {
  const { told } = following(t);
  const before = waits.length;
  streams.at(-1).receive("next", failed({ code: "QUERY_TOO_COSTLY" }));
  streams.at(-1).receive("complete");
  assert.equal(waits.length, before);
  assert.deepEqual(told, ["closed"]);
});
