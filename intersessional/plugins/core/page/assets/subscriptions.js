// @ts-check
/** Subscriptions, where each is resumed, and what follows an error. */

const TOO_SLOW = 4290;
const RESTARTING = 1012;
const BACKOFF_MIN_MS = 500;
const BACKOFF_MAX_MS = 30_000;
/** Codes after which the same subscription would be refused again. */
const LASTING = /^(BAD_REQUEST|PERSISTED_QUERY_\w+|QUERY_TOO_COSTLY|NOT_FOUND)$/;

/** A position in its epoch, as the API's argument `after` takes it. */
export function cursorOf(/** @type {string | undefined} */ epoch, /** @type {any} */ position) {
  return epoch ? `${epoch}:${position}` : String(position);
}

export const positionOf = (cursor) => Number(cursor.split(":").at(-1));

/** What a subscription does after errors. @returns {Step} */
export function afterErrors(/** @type {GraphQLError[]} */ errors) {
  const { code, after, epoch, headPosition, position, retryAfterMs } = errors[0]?.extensions ?? {};
  if (code === "RECORD_CHANGED")
    return { after: cursorOf(epoch, after), isRecordChanged: true, waitMs: 0 };
  if (code === "POSITION_AHEAD")
    return { after: cursorOf(epoch, headPosition), isRecordChanged: true, waitMs: 0 };
  if (code === "ANSWER_TOO_LARGE" && position !== undefined)
    return { after: cursorOf(epoch, position), waitMs: 0 };
  if (code === "RATE_LIMITED") return { waitMs: retryAfterMs };
  return { isOver: LASTING.test(code) };
}

/** The milliseconds until a socket is opened again. */
export function reconnectMs(code = 0, askedMs = NaN, failures = 0, random = Math.random()) {
  if (code === RESTARTING && askedMs >= 0) return askedMs;
  if (code === TOO_SLOW && failures === 0) return 0;
  return Math.round(Math.min(BACKOFF_MIN_MS * 2 ** failures, BACKOFF_MAX_MS) * (0.5 + random / 2));
}

export class Subscriptions {
  /** Those that the server has not confirmed, in the order of the pings. @type {number[]} */
  #unconfirmed = [];
  /** @type {Set<number>} */ #running = new Set();

  constructor(/** @type {Operation[]} */ operations, after) {
    this.operations = operations;
    this.after = operations.map(() => after);
  }

  /** What starts one, and the ping whose answer confirms it. */
  start(index) {
    const { hash, variables } = this.operations[index];
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    const payload = { extensions, variables: { ...variables, after: this.after[index] } };
    this.#unconfirmed.push(index);
    return [{ type: "subscribe", id: String(index), payload }, { type: "ping" }];
  }

  /** The server has read the earliest message that it had not confirmed. */
  confirm() {
    const index = this.#unconfirmed.shift() ?? -1;
    if (index >= 0) this.#running.add(index);
  }

  /** One has ended, and may go on after another cursor. */
  end(index, after = this.after[index]) {
    this.#running.delete(index);
    this.#unconfirmed = this.#unconfirmed.map((each) => (each === index ? -1 : each));
    this.after[index] = after;
  }

  endAll() {
    this.#running.clear();
    this.#unconfirmed = [];
  }

  /** All up to a position was sent to those that are confirmed. */
  advance(/** @type {string | undefined} */ epoch, position) {
    for (const index of this.#running)
      if (position >= positionOf(this.after[index])) this.after[index] = cursorOf(epoch, position);
  }
}
