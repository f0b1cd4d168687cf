import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSETS } from "./assets.mjs";
import { MemoryStorage } from "./storage.mjs";

const { PendingComments, fieldOf } = await import(new URL("pending_comments.js", ASSETS));
const { Outbox, outcomeOf, retryMs } = await import(new URL("outbox.js", ASSETS));

const comment = (commandId, more = {}) => ({
  commandId,
  form: "/drafts/d/comments b",
  action: "/drafts/d/comments",
  fields: [["body", `Text of ${commandId}`]],
  writer: "ada",
  state: "writing",
  stamp: "",
  writtenAt: 1,
  order: 0,
  refusal: null,
  ...more,
});

test("what was written is there for the next page", () => {
  const storage = new MemoryStorage();
  new PendingComments(storage).put(comment("1"));
  const [kept] = new PendingComments(storage).all();
  assert.equal(fieldOf(kept, "body"), "Text of 1");
  assert.equal(fieldOf(kept, "blocks"), "");
});

test("each change gives another stamp", () => {
  const pending = new PendingComments(new MemoryStorage());
  const first = pending.put(comment("1"));
  assert.notEqual(pending.put(first).stamp, first.stamp);
});

test("comments are sent in the order of their sending, as their writer only", () => {
  const pending = new PendingComments(new MemoryStorage());
  const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => pending.put(comment(id)));
  pending.queue(c);
  pending.queue({ ...a, writer: "bo" });
  pending.queue(b);
  assert.deepEqual(pending.toSend("ada").map((each) => each.commandId), ["c", "b"]);
  assert.deepEqual(pending.toSend("bo").map((each) => each.commandId), ["a"]);
  assert.deepEqual(pending.toSend(null), []);
  assert.deepEqual(pending.all().map((each) => each.commandId), ["c", "a", "b", "d"]);
  assert.equal(d.state, "writing");
});

test("what others have stored, or damaged, is no comment", () => {
  const storage = new MemoryStorage();
  storage.setItem("language", "fr");
  storage.setItem("pending-comment:x", "{");
  storage.setItem("pending-comment:y", "null");
  assert.deepEqual(new PendingComments(storage).all(), []);
});

test("an answer is the comment's record, a refusal, a sign-in, or nothing yet", () => {
  const posted = { data: { postComment: { __typename: "CommentPosted", position: 3 } } };
  const closed = { data: { postComment: { code: "WINDOW_CLOSED", closedAt: "2018-11-14" } } };
  const signedOut = { data: { postComment: { code: "NOT_SIGNED_IN" } } };
  assert.equal(outcomeOf(200, null, posted).kind, "recorded");
  assert.deepEqual(outcomeOf(200, null, closed), {
    kind: "refused",
    refusal: { code: "WINDOW_CLOSED", closedAt: "2018-11-14" },
  });
  assert.equal(outcomeOf(200, null, signedOut).kind, "signed-out");
  assert.equal(outcomeOf(401, null, null).kind, "signed-out");
  assert.deepEqual(outcomeOf(503, "5", null), { kind: "later", waitMs: 5000 });
  assert.deepEqual(outcomeOf(502, null, null), { kind: "later", waitMs: undefined });
  const limited = { errors: [{ extensions: { code: "RATE_LIMITED", retryAfterMs: 70 } }] };
  assert.deepEqual(outcomeOf(429, null, limited), { kind: "later", waitMs: 70 });
  const nextAt = new Date(0).toISOString();
  const tooMany = { data: { postComment: { code: "TOO_MANY", nextAt } } };
  assert.equal(outcomeOf(200, null, tooMany).kind, "later");
  const bad = { errors: [{ message: "No.", extensions: { code: "BAD_REQUEST" } }] };
  assert.deepEqual(outcomeOf(400, null, bad).refusal, { message: "No.", code: "BAD_REQUEST" });
});

test("a comment is sent again later after each failure, whatever the clock of the device says", () => {
  assert.equal(retryMs(0, 0, 1), 500);
  assert.equal(retryMs(0, 4, 1), 8_000);
  assert.equal(retryMs(60_000, 4, 1), 60_000);
  assert.equal(retryMs(400 * 24 * 3_600_000, 0, 1), 3_600_000);
});

/** An outbox of Ada, and what it keeps; its form answers in JSON. */
function outboxThatIsAnswered(code, atSending = (/** @type {any} */ _) => {}) {
  const outbox = new Outbox(new PendingComments(new MemoryStorage()), "ada");
  const sent = [];
  globalThis.fetch = async (_, { body }) => {
    sent.push([body.get("commandId"), body.get("body")]);
    atSending(outbox.pending);
    return Response.json({ data: { postComment: sent.length > 1 ? {} : { code } } });
  };
  return { outbox, sent };
}

test("a text that was edited after an earlier one was recorded is kept as another comment", async () => {
  const { outbox, sent } = outboxThatIsAnswered("COMMAND_REUSED");
  await outbox.send(comment("1"));

  const [kept] = outbox.pending.all();
  assert.equal(kept.state, "refused");
  assert.equal(kept.refusal.code, "COMMAND_REUSED");
  assert.equal(fieldOf(kept, "body"), "Text of 1");
  assert.notEqual(kept.commandId, "1");

  await outbox.send(kept);
  assert.deepEqual(outbox.pending.all(), []);
  assert.deepEqual(sent, [["1", "Text of 1"], [kept.commandId, "Text of 1"]]);
});

test("a text that is edited while it is sent stays as it is", async () => {
  const edited = comment("1", { fields: [["body", "Better."]] });
  const { outbox } = outboxThatIsAnswered(undefined, (pending) => pending.put(edited));
  await outbox.send(comment("1"));

  const [kept] = outbox.pending.all();
  assert.deepEqual([kept.state, fieldOf(kept, "body")], ["writing", "Better."]);
});

test("a request that is never answered ends, and another tab sends what waits", async () => {
  const storage = new MemoryStorage();
  const [here, there] = [1, 2].map(() => new Outbox(new PendingComments(storage), "ada"));
  const { timeout } = AbortSignal;
  const patience = new AbortController();
  AbortSignal.timeout = () => patience.signal;
  const isAsked = Promise.withResolvers();
  globalThis.fetch = (_, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      isAsked.resolve();
    });
  const outcomes = [];
  here.onSettled = (_, { kind }) => outcomes.push(kind);
  there.onSettled = (_, { kind }) => outcomes.push(kind);

  const stuck = here.send(comment("1"));
  await isAsked.promise;
  globalThis.fetch = async () => Response.json({ data: { postComment: {} } });
  const other = there.flush();
  patience.abort();
  await Promise.all([stuck, other]);
  AbortSignal.timeout = timeout;

  assert.deepEqual(outcomes, ["later", "recorded"]);
  assert.deepEqual(here.pending.all(), []);
});
