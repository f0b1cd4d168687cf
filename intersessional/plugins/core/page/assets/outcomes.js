// @ts-check
/** What becomes of pending comments. */

import { reconnectMs } from "./subscriptions.js";

/**
 * @typedef {{kind: "recorded", payload: Record<string, any>}
 *   | {kind: "refused", refusal: Record<string, any>}
 *   | {kind: "signed-out"} | {kind: "later", waitMs?: number}} Outcome
 */

/** Codes of refusals that a sign-in can mend, and of errors that pass by themselves. */
const SIGNED_OUT = /^(NOT_SIGNED_IN|OTHER_WRITER)$/;
const PASSING = /^(UNAVAILABLE|TOO_BUSY|RATE_LIMITED|INTERNAL)$/;

const RETRY_MAX_MS = 3_600_000;

/**
 * What the answer to a form means for the comment that was sent.
 * @param {number} status of the answer
 * @param {string | null} retryAfter its header, in seconds
 * @param {any} answer its JSON; null where it is none
 * @returns {Outcome}
 */
export function outcomeOf(status, retryAfter, answer) {
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

/** The milliseconds until a comment is sent again, whatever the clock of the device says. */
export function retryMs(askedMs = 0, failures = 0, random = Math.random()) {
  return Math.min(Math.max(askedMs, reconnectMs(0, NaN, failures, random)), RETRY_MAX_MS);
}
