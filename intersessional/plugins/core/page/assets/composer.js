// @ts-check
/** The form of a comment, whose text is kept from the first letter on. */

import { one, sentence } from "./dom.js";
import { choose, showBytesLeft, showChosen } from "./painting.js";
import { fieldOf } from "./pending_comments.js";
import { say } from "./voice.js";

/** @typedef {import("./pending_comments.js").PendingComment} PendingComment */

export class Composer {
  /** @type {PendingComment | null} */ #comment = null;

  /** @param {HTMLFormElement} form @param {import("./outbox.js").Outbox} outbox */
  constructor(form, outbox) {
    this.form = form;
    this.outbox = outbox;
    this.text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => this.#send(event));
    form.addEventListener("keydown", (event) => this.#press(event));
    one("[data-chosen] button", form)?.addEventListener("click", () => this.choose([]));
    window.addEventListener("storage", ({ key }) => this.#follow(key));
    const comment = outbox.pending.writtenIn(this.name, outbox.viewer);
    if (!comment || this.text.value.trim()) return;
    this.#show(comment);
    form.closest("details")?.setAttribute("open", "");
  }

  /** What tells this form from the others: where its comment would stand. */
  get name() {
    const fields = new FormData(this.form);
    const { pathname } = new URL(this.form.action);
    return [pathname, fields.get("blocks") ?? "", fields.get("inReplyTo") ?? ""].join(" ");
  }

  /** Show a comment in the form, to go on writing it. */
  edit(/** @type {PendingComment} */ comment) {
    this.keep();
    this.#show(this.outbox.pending.put({ ...comment, state: "writing", order: 0 }));
    this.text.focus();
  }

  /** Write about these passages. */
  choose(/** @type {import("./passages.js").Passage[]} */ passages) {
    choose(this.form, passages);
    this.keep();
    this.text.focus();
  }

  /** Write the form to the device, where it has place; not over what another tab changed. */
  keep() {
    const { pending, viewer } = this.outbox;
    const kept = this.#comment && pending.get(this.#comment.commandId);
    const isOurs = kept !== null && kept.stamp === this.#comment?.stamp;
    showBytesLeft(this.text);
    if (!this.text.value.trim()) {
      if (isOurs) pending.remove(kept.commandId);
      this.#comment = null;
      return true;
    }
    const made = { writer: viewer, writtenAt: Date.now(), stamp: "", order: 0 };
    const commandId = isOurs ? kept.commandId : crypto.randomUUID();
    const fields = /** @type {[string, string][]} */ ([...new FormData(this.form)]);
    const { name: form } = this;
    const action = new URL(this.form.action).pathname;
    const written = { commandId, form, action, fields, refusal: null, state: /** @type {const} */ ("writing") };
    try {
      this.#comment = pending.put({ ...made, ...(isOurs ? kept : {}), ...written });
      return true;
    } catch {
      say(sentence("full"));
      return false;
    }
  }

  #show(/** @type {PendingComment | null} */ comment) {
    this.#comment = comment;
    for (const [name, value] of comment?.fields ?? [["body", ""]]) {
      const field = /** @type {HTMLInputElement | null} */ (this.form.elements.namedItem(name));
      if (!field) continue;
      field.value = value;
      field.disabled = false;
    }
    showChosen(this.form);
    showBytesLeft(this.text);
  }

  #send(/** @type {Event} */ event) {
    // What the device has is an earlier text: the browser sends the form.
    if (!this.keep()) return this.outbox.pending.remove(this.#comment?.commandId ?? "");
    const comment = this.#comment;
    event.preventDefault();
    if (!comment || !showBytesLeft(this.text)) return this.text.focus();
    this.#show(null);
    choose(this.form, []);
    this.outbox.send(comment);
  }

  #press({ key, ctrlKey, metaKey }) {
    if (key === "Enter" && (ctrlKey || metaKey)) this.form.requestSubmit();
    const details = key === "Escape" && this.form.closest("details");
    if (!details) return;
    details.open = false;
    one("summary", details)?.focus();
  }

  /** Another tab has changed a comment. */
  #follow(/** @type {string | null} */ key) {
    if (!this.#comment || !key?.endsWith(this.#comment.commandId)) return;
    const kept = this.outbox.pending.get(this.#comment.commandId);
    const isSame = this.text.value === fieldOf(this.#comment, "body");
    if (document.activeElement !== this.text && isSame)
      this.#show(kept?.state === "writing" ? kept : null);
  }
}
