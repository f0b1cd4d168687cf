// @ts-check
/** What the answer to a form means for the pending comment that was sent. */

/**
 * @typedef {{kind: "recorded", payload: Record<string, any>}
 *   | {kind: "refused", refusal: Record<string, any>}
 *   | {kind: "signed-out"}
 *   | {kind: "later", waitMs?: number}} Outcome
 */

/** Codes of refusals that a sign-in can mend. */
const SIGNED_OUT = new Set(["NOT_SIGNED_IN", "OTHER_WRITER"]);
/** Codes of errors that pass by themselves. */
const PASSING = new Set(["UNAVAILABLE", "TOO_BUSY", "RATE_LIMITED", "INTERNAL"]);

/**
 * @param {number} status of the answer
 * @param {string | null} retryAfter its header, in seconds
 * @param {any} answer its JSON, null where it is none
 * @returns {Outcome}
 */
export function outcomeOf(status, retryAfter, answer) {
  const payload = answer?.data && Object.values(answer.data)[0];
  const refusal = payload ? payload.code && payload : answer?.errors && errorOf(answer.errors[0]);
  if (status === 401 || SIGNED_OUT.has(refusal?.code)) return { kind: "signed-out" };
  if (payload && !refusal) return { kind: "recorded", payload };
  if (status >= 500 || status === 429 || PASSING.has(refusal?.code) || refusal?.nextAt || !answer) {
    const nextMs = refusal?.nextAt ? Date.parse(refusal.nextAt) - Date.now() : NaN;
    const waitMs = [refusal?.retryAfterMs, Number(retryAfter || NaN) * 1000, nextMs].find(Number.isFinite);
    return { kind: "later", waitMs: waitMs && Math.max(waitMs, 0) };
  }
  return { kind: "refused", refusal: refusal ?? { code: `HTTP_${status}`, message: "" } };
}

/** @param {{message?: string, extensions?: Record<string, any>}} error */
const errorOf = (error) => ({ message: error?.message ?? "", ...error?.extensions });
