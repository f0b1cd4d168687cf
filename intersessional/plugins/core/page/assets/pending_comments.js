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
 *   form: the form it was written in; fields: as the form sends them; writer: the participant's id;
 *   stamp: another one after each change; order: its place in the order of sending, 0 before.
 */

/** A random UUID; also where the page has no secure context. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export class PendingComments {
  /** @param {Storage} storage */
  constructor(storage) {
    this.storage = storage;
  }

  /** All, in the order of sending; those that were not sent come last. @returns {PendingComment[]} */
  all() {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
    return keys
      .filter((key) => key?.startsWith(PREFIX))
      .map((key) => this.get(String(key).slice(PREFIX.length)))
      .filter((comment) => comment !== null)
      .sort((a, b) => rank(a) - rank(b) || a.writtenAt - b.writtenAt);
  }

  /** @param {string} commandId @returns {PendingComment | null} */
  get(commandId) {
    try {
      const comment = JSON.parse(this.storage.getItem(PREFIX + commandId) ?? "null");
      return comment?.commandId === commandId ? comment : null;
    } catch {
      return null;
    }
  }

  /**
   * Write a comment, at once; returns it with a new stamp. Throws where the storage is full.
   * @param {PendingComment} comment
   */
  put(comment) {
    const stamped = { ...comment, stamp: newId() };
    this.storage.setItem(PREFIX + comment.commandId, JSON.stringify(stamped));
    return stamped;
  }

  /** @param {string} commandId */
  remove(commandId) {
    this.storage.removeItem(PREFIX + commandId);
  }

  /**
   * Give a comment its place in the order of sending, after all others.
   * @param {PendingComment} comment
   */
  queue(comment) {
    const last = Math.max(0, ...this.all().map((each) => each.order));
    return this.put({ ...comment, state: "waiting", refusal: null, order: last + 1 });
  }

  /**
   * Those that may be sent as a person, in order.
   * @param {string | null} viewer the participant's id; null where nobody has signed in
   */
  toSend(viewer) {
    return this.all().filter((each) => each.state === "waiting" && each.writer === viewer);
  }
}

/** @param {PendingComment} comment */
const rank = ({ order }) => order || Infinity;

/** A field of a comment. @param {PendingComment} comment @param {string} name */
export function fieldOf(comment, name) {
  return comment.fields.find(([each]) => each === name)?.[1] ?? "";
}
