import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSETS } from "./assets.mjs";
import { shortenWaits } from "./page_timers.mjs";
import { MemoryStorage } from "./storage.mjs";

const { Outbox } = await import(new URL("outbox.js", ASSETS));
const { PendingComments } = await import(new URL("pending_comments.js", ASSETS));

const waits = [];
shortenWaits((ms) => {
  waits.push(ms);
  return 0;
});

test("a timer of anybody else is as it was set, with what it gives", async () => {
  const given = await new Promise((resolve) => setTimeout(resolve, 1, "given"));

  assert.equal(given, "given");
  assert.deepEqual(waits, []);
});

test("what waits in the page's modules waits for less", async () => {
  const outbox = new Outbox(new PendingComments(new MemoryStorage()), "ada");
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    const busy = { status: 503, headers: { "Retry-After": "3600" } };
    return asked === 1 ? new Response("", busy) : Response.json({ data: { postComment: {} } });
  };
  const recorded = new Promise((resolve) => {
    outbox.onSettled = (_, { kind }) => kind === "recorded" && resolve();
  });

  await outbox.send({ commandId: "1", fields: [], action: "/drafts/d/comments", state: "writing", writtenAt: 1 });
  await recorded;

  assert.deepEqual(waits, [3_600_000]);
});
