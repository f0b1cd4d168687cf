// @ts-check
/** Sends pending comments one after the other, each by its form's own POST. */

import { outcomeOf } from "./outcome.js";
import { backoffMs } from "./recovery.js";

const LOCK = "pending-comments";

/** @typedef {import("./pending_comments.js").PendingComment} PendingComment */

/** Events: `change` with the comment and its outcome. */
export class Outbox extends EventTarget {
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #retry;

  /**
   * @param {import("./pending_comments.js").PendingComments} pending
   * @param {string | null} viewer the id of the participant who has signed in
   */
  constructor(pending, viewer) {
    super();
    this.pending = pending;
    this.viewer = viewer;
  }

  /** Send a comment as soon as its turn comes. @param {PendingComment} comment */
  send(comment) {
    const queued = this.pending.queue({ ...comment, writer: comment.writer ?? this.viewer });
    if (queued.writer === this.viewer && this.viewer !== null) return this.flush();
    this.#settle(queued, { kind: "signed-out" });
  }

  /** Send what waits. Only one tab at a time does. */
  async flush() {
    clearTimeout(this.#retry);
    if (this.viewer === null) return;
    await withLock(async () => {
      for (let next; (next = this.pending.toSend(this.viewer)[0]); ) {
        const outcome = await post(next);
        this.#settle(next, outcome);
        if (outcome.kind === "signed-out" || outcome.kind === "later") break;
        this.#failures = 0;
      }
    });
  }

  /** @param {PendingComment} comment @param {import("./outcome.js").Outcome} outcome */
  #settle(comment, outcome) {
    const kept = this.pending.get(comment.commandId);
    if (outcome.kind === "recorded") this.pending.remove(comment.commandId);
    else if (outcome.kind === "later") this.#wait(outcome.waitMs);
    else if (kept && outcome.kind === "signed-out") this.pending.put({ ...kept, state: "signed-out" });
    else if (kept && outcome.kind === "refused")
      this.pending.put({ ...kept, state: "refused", refusal: outcome.refusal });
    this.dispatchEvent(new CustomEvent("change", { detail: { comment, outcome } }));
  }

  /** @param {number | undefined} waitMs */
  #wait(waitMs) {
    this.#failures += 1;
    const retryMs = waitMs ?? backoffMs(this.#failures, Math.random());
    this.#retry = setTimeout(() => this.flush(), retryMs);
  }
}

/** @param {PendingComment} comment @returns {Promise<import("./outcome.js").Outcome>} */
async function post({ action, fields, commandId, writer }) {
  const body = new URLSearchParams([...fields, ["commandId", commandId], ["writer", writer ?? ""]]);
  const headers = { Accept: "application/json" };
  try {
    const response = await fetch(action, { method: "POST", body, headers });
    const answer = await response.json().catch(() => null);
    return outcomeOf(response.status, response.headers.get("Retry-After"), answer);
  } catch {
    return { kind: "later" };
  }
}

/** @param {() => Promise<void>} work */
async function withLock(work) {
  if (navigator.locks) await navigator.locks.request(LOCK, work);
  else await work();
}
