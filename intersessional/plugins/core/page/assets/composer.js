// @ts-check
/** The form of a comment, whose text is kept from the first letter on. */

import { fieldIn, fillIn, one, sentence } from "./dom.js";
import { choose, showBytesLeft, showChosen } from "./painting.js";
import { fieldOf, nameOf } from "./pending_comments.js";
import { say } from "./voice.js";

export class Composer {
  /** @type {PendingComment | null} */ #comment = null;

  /** @param {HTMLFormElement} form @param {import("./outbox.js").Outbox} outbox */
  constructor(form, outbox) {
    this.form = form;
    this.outbox = outbox;
    this.text = /** @type {HTMLTextAreaElement} */ (fieldIn(form, "body"));
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => this.#send(event));
    form.addEventListener("keydown", (event) => this.#press(event));
    one("[data-chosen] button", form)?.addEventListener("click", () => this.choose([]));
    window.addEventListener("storage", ({ key }) => this.#follow(key));
    const comment = outbox.pending.writtenIn(nameOf(form), outbox.viewer);
    const text = this.text.value;
    if (!comment || (text.trim() && text !== fieldOf(comment, "body"))) return;
    this.#show(comment);
    form.closest("details")?.setAttribute("open", "");
  }

  /** Show a comment in the form, to go on writing it. */
  edit(/** @type {PendingComment} */ comment) {
    this.keep();
    // What it named may be lost; what the form names is not.
    const isLost = comment.refusal?.code === "NOT_FOUND";
    const fields = comment.fields.filter(([name]) => !isLost || name === "body");
    this.#show(this.outbox.pending.put({ ...comment, fields, state: "writing", order: 0 }));
    this.keep();
    this.text.focus();
  }

  /** Give the text back: the record has lost what it answers. */
  lose() {
    const refusal = { code: "NOT_FOUND" };
    if (this.#comment) this.outbox.pending.put({ ...this.#comment, state: "refused", refusal });
    this.#comment = null;
  }

  choose(/** @type {Passage[]} */ passages) {
    choose(this.form, passages);
    this.keep();
    this.text.focus();
  }

  /** Write the form to the device, where it has place; not over what another tab changed. */
  keep() {
    const { pending } = this.outbox;
    const kept = this.#comment && pending.get(this.#comment.commandId);
    const isOurs = kept?.stamp === this.#comment?.stamp;
    showBytesLeft(this.text);
    try {
      this.#comment = pending.keep(this.form, isOurs ? kept : null);
      return true;
    } catch {
      say(sentence("full"));
      return false;
    }
  }

  #show(/** @type {PendingComment | null} */ comment) {
    this.#comment = comment;
    for (const [name, value] of comment?.fields ?? [["body", ""]]) fillIn(this.form, name, value);
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
