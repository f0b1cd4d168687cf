// @ts-check
/** Writing: the forms of comments, and what waits on the device. */

import { all, cloneOf, marked, one } from "./dom.js";
import { Composer } from "./composer.js";
import { Outbox } from "./outbox.js";
import { fieldOf, PendingComments } from "./pending_comments.js";
import { PendingView } from "./pending_view.js";

/** @typedef {import("./pending_comments.js").PendingComment} PendingComment */

export class Writing {
  /** @type {Map<Element, Composer>} */ #composers = new Map();

  /** @param {Storage} storage @param {import("./painting.js").Painting} painting */
  constructor(storage, painting) {
    this.pending = new PendingComments(storage);
    this.outbox = new Outbox(this.pending, document.body.dataset.viewer || null);
    for (const form of all("form.composer")) this.#compose(form);
    this.view = new PendingView(this.outbox, (comment) => this.#edit(comment));
    for (const comment of this.pending.all()) this.#open(fieldOf(comment, "blocks"));
    this.#offerBar(painting);
    document.addEventListener("click", (event) => this.#reply(event));
    document.addEventListener("line", (/** @type {any} */ { detail }) => {
      if (detail === "live") this.outbox.flush();
    });
    window.addEventListener("online", () => this.outbox.flush());
    this.outbox.resume();
  }

  /** Show what waits, and replies that were being written, in comments that were added. */
  showAgain() {
    this.view.showAll();
    for (const comment of this.pending.all())
      if (comment.state === "writing") this.#replyForm(fieldOf(comment, "inReplyTo"));
  }

  #compose(/** @type {any} */ form) {
    this.#composers.set(form, new Composer(form, this.outbox));
    return form;
  }

  #edit(/** @type {PendingComment} */ comment) {
    this.#replyForm(fieldOf(comment, "inReplyTo"));
    const composers = Array.from(this.#composers.values());
    composers.find(({ name }) => name === comment.form)?.edit(comment);
  }

  /** The form for a reply to a comment in this page; null where it has none. */
  #replyForm(id) {
    const article = one(`#c-${CSS.escape(id)}`);
    const list = article?.closest("[data-list]");
    if (!article || !list || !one("#reply-template")) return null;
    const known = one(":scope > form.composer", article);
    if (known) return known;
    const form = /** @type {HTMLFormElement} */ (cloneOf("reply"));
    const values = { inReplyTo: id, blocks: list.getAttribute("data-list") };
    for (const [name, value] of Object.entries(values)) {
      const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
      field.value = value ?? "";
      field.disabled = !value;
    }
    one(":scope > .actions", article)?.after(form);
    return this.#compose(form);
  }

  #reply(/** @type {any} */ event) {
    const link = event.target.closest?.("a[data-href='#reply']");
    if (!link || event.ctrlKey || event.metaKey) return;
    const form = this.#replyForm(link.closest("article").dataset.comment);
    if (!form) return;
    event.preventDefault();
    form.elements.namedItem("body").focus();
  }

  #offerBar(/** @type {import("./painting.js").Painting} */ painting) {
    const bar = one("#bar");
    if (!bar) return;
    painting.offer(bar, (passages) => {
      const form = this.#open(passages[0].block)?.parentElement?.querySelector("form.composer");
      const composer = form && this.#composers.get(form);
      if (!composer) return;
      painting.choose(passages);
      composer.choose(passages);
    });
  }

  #open(block) {
    const list = marked("list", block);
    list?.closest("details")?.setAttribute("open", "");
    return list;
  }
}
