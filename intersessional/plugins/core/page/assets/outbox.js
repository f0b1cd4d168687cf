// @ts-check
/** Sends pending comments one after the other, each by its form's own POST. */

import { reconnectMs } from "./subscriptions.js";

const SIGNED_OUT = /^(NOT_SIGNED_IN|OTHER_WRITER)$/;
const PASSING = /^(UNAVAILABLE|TOO_BUSY|RATE_LIMITED|INTERNAL)$/;
const RETRY_MAX_MS = 3_600_000;
/** Longer than a server takes; until then no other tab can send. */
const ANSWER_MAX_MS = 60_000;

/** What the answer to a form means: its status, its `Retry-After`, its JSON. @returns {Outcome} */
export function outcomeOf(status = 0, retryAfter = "", answer = /** @type {any} */ (null)) {
  const payload = answer?.data && Object.values(answer.data)[0];
  const [error] = answer?.errors ?? [];
  const fault = error && { message: error.message, ...error.extensions };
  const refusal = payload ? payload.code && payload : fault;
  const { code, nextAt, retryAfterMs } = refusal ?? {};
  if (status === 401 || SIGNED_OUT.test(code)) return { kind: "signed-out" };
  if (payload && !refusal) return { kind: "recorded", payload };
  if (status >= 500 || status === 429 || PASSING.test(code) || nextAt || !answer) {
    const waits = [retryAfterMs, Date.parse(nextAt) - Date.now(), Number(retryAfter || NaN) * 1000];
    return { kind: "later", waitMs: waits.find(Number.isFinite) };
  }
  return { kind: "refused", refusal: refusal ?? { code: `HTTP_${status}`, message: "" } };
}

export function retryMs(askedMs = 0, failures = 0, random = Math.random()) {
  return Math.min(Math.max(askedMs, reconnectMs(0, NaN, failures, random)), RETRY_MAX_MS);
}

export class Outbox {
  #failures = 0;
  onSettled = (/** @type {PendingComment} */ comment, /** @type {Outcome} */ outcome) => {};
  /** Whether the session has ended since the page was loaded. */ isSignedOut = false;
  #retry = 0;

  /** `viewer` is the id of who has signed in. @param {import("./pending_comments.js").PendingComments} pending */
  constructor(pending, /** @type {string | null} */ viewer) {
    this.pending = pending;
    this.viewer = viewer;
  }

  send(/** @type {PendingComment} */ comment) {
    const queued = this.pending.queue({ ...comment, writer: comment.writer ?? this.viewer });
    if (queued.writer !== this.viewer || !this.viewer) this.#settle(queued, { kind: "signed-out" });
    return this.flush();
  }

  /** Send what waited for its writer to sign in. */
  resume() {
    for (const each of this.pending.all())
      if (each.state === "signed-out" && each.writer && each.writer === this.viewer)
        this.pending.put({ ...each, state: "waiting" });
    return this.flush();
  }

  /** Send what waits. Only one tab at a time does. */
  async flush() {
    clearTimeout(this.#retry);
    if (!this.viewer) return;
    await navigator.locks.request("pending-comments", async () => {
      for (let next; (next = this.pending.toSend(this.viewer)[0]); ) {
        const outcome = await post(next);
        this.#settle(next, outcome);
        if (outcome.kind === "signed-out" || outcome.kind === "later") return;
        this.#failures = 0;
      }
    });
  }

  /** @param {PendingComment} comment @param {Outcome} outcome */
  #settle(comment, outcome) {
    const kept = this.pending.get(comment.commandId);
    this.isSignedOut = outcome.kind === "signed-out";
    if (outcome.kind === "later") this.#wait(outcome.waitMs);
    // What was edited meanwhile is another text, which stays.
    else if (kept?.stamp === comment.stamp) {
      const refusal = outcome.kind === "refused" ? outcome.refusal : null;
      // An earlier text is on record: this one can be sent as another comment only.
      const isReused = refusal?.code === "COMMAND_REUSED";
      const commandId = isReused ? crypto.randomUUID() : kept.commandId;
      this.pending.remove(kept.commandId);
      if (outcome.kind !== "recorded")
        this.pending.put({ ...kept, commandId, state: outcome.kind, refusal });
    }
    this.onSettled(comment, outcome);
  }

  #wait(askedMs = 0) {
    const waitMs = retryMs(askedMs, this.#failures);
    this.#failures += 1;
    this.#retry = setTimeout(() => this.flush(), waitMs);
  }
}

/** @param {PendingComment} comment @returns {Promise<Outcome>} */
async function post({ action, fields, commandId, writer }) {
  const body = new URLSearchParams([...fields, ["commandId", commandId], ["writer", writer ?? ""]]);
  try {
    const signal = AbortSignal.timeout(ANSWER_MAX_MS);
    const request = { method: "POST", body, signal, headers: { Accept: "application/json" } };
    const response = await fetch(action, request);
    const answer = await response.json().catch(() => null);
    return outcomeOf(response.status, response.headers.get("Retry-After") ?? "", answer);
  } catch {
    return { kind: "later" };
  }
}
