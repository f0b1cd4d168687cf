// @ts-check
/** What a subscription does after an error, and a socket after its end. */

/**
 * @typedef {{message?: string, extensions?: Record<string, any>}} GraphQLError
 * @typedef {{after?: string, waitMs?: number, isRecordChanged?: boolean, isOver?: boolean}} Step
 *   after: the cursor to continue after, where it is another; waitMs: none means a backoff.
 */

/** Codes after which the same subscription would be refused again. */
const LASTING = new Set([
  "BAD_REQUEST",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_IN_LIST",
  "QUERY_TOO_COSTLY",
  "NOT_FOUND",
]);
const TOO_SLOW = 4290;
const RESTARTING = 1012;
const BACKOFF_MIN_MS = 500;
const BACKOFF_MAX_MS = 30_000;

/**
 * A position in its epoch, as the API's argument `after` takes it.
 * @param {string | undefined} epoch
 * @param {number | string} position
 */
export function cursorOf(epoch, position) {
  return epoch ? `${epoch}:${position}` : String(position);
}

/** The position of a cursor. @param {string} cursor */
export function positionOf(cursor) {
  return Number(cursor.slice(cursor.indexOf(":") + 1));
}

/** @param {GraphQLError[]} errors @returns {Step} */
export function afterErrors(errors) {
  const { code, after, epoch, headPosition, position, retryAfterMs } = errors[0]?.extensions ?? {};
  if (code === "RECORD_CHANGED")
    return { after: cursorOf(epoch, after), isRecordChanged: true, waitMs: 0 };
  if (code === "POSITION_AHEAD")
    return { after: cursorOf(epoch, headPosition), isRecordChanged: true, waitMs: 0 };
  if (code === "ANSWER_TOO_LARGE" && position !== undefined)
    return { after: cursorOf(epoch, position), waitMs: 0 };
  if (code === "RATE_LIMITED") return { waitMs: Number(retryAfterMs ?? BACKOFF_MAX_MS) };
  return { isOver: LASTING.has(code) };
}

/**
 * The milliseconds until a socket that ended is opened again.
 * @param {number} code the code of the close frame; 1006 where there was none
 * @param {number | undefined} askedMs what the server asked for
 * @param {number} failures the ends since something was received
 * @param {number} random from 0 to 1
 */
export function reconnectMs(code, askedMs, failures, random) {
  if (code === RESTARTING && askedMs !== undefined) return askedMs;
  if (code === TOO_SLOW && failures === 0) return 0;
  return backoffMs(failures, random);
}

/** An exponential backoff with jitter. @param {number} failures @param {number} random */
export function backoffMs(failures, random) {
  const limit = Math.min(BACKOFF_MIN_MS * 2 ** failures, BACKOFF_MAX_MS);
  return Math.round(limit * (0.5 + random / 2));
}
