// @ts-check
/** Comments that were written and are not recorded: kept on the device until they are. */

const PREFIX = "pending-comment:";

export const fieldOf = (/** @type {PendingComment} */ comment, name) =>
  comment.fields.find(([each]) => each === name)?.[1] ?? "";

const actionOf = (/** @type {HTMLFormElement} */ form) => form.getAttribute("action") ?? "";

/** What tells a form from the others: where its comment would stand. */
export function nameOf(/** @type {HTMLFormElement} */ form) {
  const fields = new FormData(form);
  return [actionOf(form), fields.get("blocks") ?? "", fields.get("inReplyTo") ?? ""].join(" ");
}

/** The participant's id of who has signed in. */
export const viewer = () => document.body.dataset.viewer || null;

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

  /** @returns {PendingComment | null} */
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

  /** Write what is in a form; null where there is no text. Throws where the storage is full. */
  keep(/** @type {HTMLFormElement} */ form, /** @type {PendingComment | null} */ kept) {
    const fields = /** @type {[string, string][]} */ ([...new FormData(form)]);
    const written = { form: nameOf(form), action: actionOf(form), fields, refusal: null };
    const made = { writer: viewer(), writtenAt: Date.now(), stamp: "", order: 0 };
    const state = /** @type {const} */ ("writing");
    const comment = { commandId: crypto.randomUUID(), ...made, ...kept, ...written, state };
    if (fieldOf(comment, "body").trim()) return this.put(comment);
    this.remove(comment.commandId);
    return null;
  }

  remove(commandId) {
    this.storage.removeItem(PREFIX + commandId);
  }

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
