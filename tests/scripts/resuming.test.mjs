import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSETS } from "./assets.mjs";

const { afterErrors, cursorOf, positionOf, reconnectMs } = await import(
  new URL("subscriptions.js", ASSETS)
);

const errors = (extensions) => [{ message: "No.", extensions }];

test("a cursor names its epoch where that is known", () => {
  assert.equal(cursorOf("3f9a5be2c1d0", 196), "3f9a5be2c1d0:196");
  assert.equal(cursorOf(undefined, 196), "196");
  assert.equal(positionOf("3f9a5be2c1d0:196"), 196);
  assert.equal(positionOf("196"), 196);
});

test("a record that has changed is continued after the last position that both have", () => {
  const step = afterErrors(errors({ code: "RECORD_CHANGED", after: 12, epoch: "aaaaaaaaaaaa" }));
  assert.deepEqual(step, { after: "aaaaaaaaaaaa:12", isRecordChanged: true, waitMs: 0 });
});

test("a position that the record has not reached is one that it lost", () => {
  const step = afterErrors(errors({ code: "POSITION_AHEAD", headPosition: 7 }));
  assert.deepEqual(step, { after: "7", isRecordChanged: true, waitMs: 0 });
});

test("a subscription that asked too much waits as long as it is told", () => {
  assert.deepEqual(afterErrors(errors({ code: "RATE_LIMITED", retryAfterMs: 4200 })), {
    waitMs: 4200,
  });
});

test("an event that is too large is left out", () => {
  const step = afterErrors(errors({ code: "ANSWER_TOO_LARGE", position: 30 }));
  assert.deepEqual(step, { after: "30", waitMs: 0 });
});

test("a document that is not served is not asked for again; what passes is", () => {
  assert.equal(afterErrors(errors({ code: "PERSISTED_QUERY_NOT_IN_LIST" })).isOver, true);
  assert.equal(afterErrors(errors({ code: "TOO_BUSY" })).isOver, false);
  assert.equal(afterErrors([]).isOver, false);
});

test("a socket comes back when the server asked, at once after being too slow, else later", () => {
  assert.equal(reconnectMs(1012, 3000, 0, 0.5), 3000);
  assert.equal(reconnectMs(4290, undefined, 0, 0.5), 0);
  assert.ok(reconnectMs(4290, undefined, 1, 0.5) > 0);
  assert.ok(reconnectMs(1006, undefined, 0, 0) > 0);
});

test("a backoff grows to half a minute, and no two pages have the same", () => {
  assert.equal(reconnectMs(1006, NaN, 0, 1), 500);
  assert.equal(reconnectMs(1006, NaN, 3, 1), 4000);
  assert.equal(reconnectMs(1006, NaN, 50, 1), 30_000);
  assert.equal(reconnectMs(1006, NaN, 50, 0), 15_000);
});
