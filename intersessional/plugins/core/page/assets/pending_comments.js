// @ts-check
/** Comments that were written and are not recorded: kept on the device until they are. */

const PREFIX = "pending-comment:";

/**
 * @typedef {"writing" | "waiting" | "signed-out" | "refused"} State
 * @typedef {{
 *   commandId: string, form: string, action: string, fields: [string, string][],
 *   writer: string | null, state: State, stamp: string, writtenAt: number, order: number,
 *   refusal: Record<string, any> | null,
 * }} PendingComment
 *   form: where it was written; writer: a participant's id; stamp: another one after each change;
 *   order: its place in the order of sending, 0 before.
 */

/** A field of a comment. */
export const fieldOf = (/** @type {PendingComment} */ comment, name) =>
  comment.fields.find(([each]) => each === name)?.[1] ?? "";

const rank = (/** @type {PendingComment} */ comment) => comment.order || Infinity;

export class PendingComments {
  constructor(/** @type {Storage} */ storage) {
    this.storage = storage;
  }

  /** All, in the order of sending; those that were not sent come last. */
  all() {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
    return keys
      .filter((key) => key?.startsWith(PREFIX))
      .map((key) => this.get(String(key).slice(PREFIX.length)))
      .filter((comment) => comment !== null)
      .sort((a, b) => rank(a) - rank(b) || a.writtenAt - b.writtenAt);
  }

  /** One of them. @returns {PendingComment | null} */
  get(commandId) {
    try {
      const comment = JSON.parse(this.storage.getItem(PREFIX + commandId) ?? "null");
      return comment?.commandId === commandId ? comment : null;
    } catch {
      return null;
    }
  }

  /** Write one, at once; returns it with a new stamp. Throws where the storage is full. */
  put(/** @type {PendingComment} */ comment) {
    const stamped = { ...comment, stamp: crypto.randomUUID() };
    this.storage.setItem(PREFIX + comment.commandId, JSON.stringify(stamped));
    return stamped;
  }

  remove(commandId) {
    this.storage.removeItem(PREFIX + commandId);
  }

  /** Give one its place in the order of sending, after all others. */
  queue(/** @type {PendingComment} */ comment) {
    const last = Math.max(0, ...this.all().map((each) => each.order));
    return this.put({ ...comment, state: "waiting", refusal: null, order: last + 1 });
  }

  /** The latest that a person was writing in a form, or that was written before they signed in. */
  writtenIn(form, /** @type {string | null} */ viewer) {
    return this.all()
      .filter((each) => each.state === "writing" && each.form === form)
      .filter(({ writer }) => !writer || !viewer || writer === viewer)
      .at(-1);
  }

  /** Those that may be sent as a person, in order. */
  toSend(/** @type {string | null} */ viewer) {
    return this.all().filter((each) => each.state === "waiting" && each.writer === viewer);
  }
}
