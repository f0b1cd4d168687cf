// @ts-check
/** Writing: the forms of comments, and what waits on the device. */

import { all, cloneOf, fieldIn, fillIn, marked, on, one, sentence } from "./dom.js";
import { Composer } from "./composer.js";
import { Outbox } from "./outbox.js";
import { fieldOf, viewer } from "./pending_comments.js";
import { PendingView, placeOf } from "./pending_view.js";

export class Writing {
  /** @type {Map<Element | null, Composer>} */ #composers = new Map();

  constructor(
    /** @type {import("./pending_comments.js").PendingComments} */ pending,
    /** @type {import("./painting.js").Painting} */ painting,
  ) {
    this.pending = pending;
    this.painting = painting;
    this.outbox = new Outbox(pending, viewer());
    for (const form of all("form.composer")) this.#compose(form);
    this.view = new PendingView(this.outbox, (comment) => this.#edit(comment));
    for (const comment of pending.all().filter(placeOf)) this.#open(fieldOf(comment, "blocks"));
    for (const details of all("details[open]")) this.#formIn(details);
    on("toggle", ({ target }) => this.#formIn(target));
    on("line", ({ detail }) => detail === "live" && this.outbox.flush());
    window.addEventListener("online", () => this.outbox.flush());
    this.outbox.resume();
  }

  /** Show what waits, and replies that were being written, in comments that were added. */
  showAgain() {
    this.view.showAll();
    for (const comment of this.pending.all())
      if (comment.state === "writing") this.#replyForm(fieldOf(comment, "inReplyTo"));
  }

  /** Show beside its place what was being written in a part that the record has lost. */
  lose(/** @type {Element} */ part) {
    for (const form of all("form.composer", part)) this.#composers.get(form)?.lose();
    this.view.showAll();
  }

  /** Returns the form for a reply, which gets the focus; null where there is none. */
  reply(/** @type {Element} */ link) {
    const form = this.#replyForm(link.closest("article")?.dataset.comment);
    if (form) fieldIn(form, "body").focus();
    return form;
  }

  /** Go on in the form of a paragraph, about some of its words. */
  comment(/** @type {Passage[]} */ passages) {
    const composer = this.#composers.get(this.#open(passages[0].block));
    if (!composer) return;
    this.painting.choose(passages);
    composer.choose(passages);
  }

  #compose(form) {
    this.#composers.set(form, new Composer(form, this.outbox));
    return form;
  }

  #edit(/** @type {PendingComment} */ comment) {
    const form = this.#replyForm(fieldOf(comment, "inReplyTo")) ?? this.#open(fieldOf(comment, "blocks"));
    const composer = this.#composers.get(form);
    if (composer) composer.edit(comment);
    else location.href = comment.action.replace(/\/comments$/, "");
  }

  /** The form for a reply to a comment in this page; null where it has none. */
  #replyForm(id) {
    const article = one(`#c-${CSS.escape(id)}`);
    const blocks = article?.closest("[data-list]")?.getAttribute("data-list");
    const place = article && one(":scope > .actions", article);
    if (!place || blocks === undefined) return null;
    const known = one(":scope > form.composer", article);
    return known ?? this.#make({ blocks, inReplyTo: id }, (form) => place.after(form));
  }

  /** Open the list of a paragraph; returns the form below it. */
  #open(block) {
    const list = marked("list", block);
    const details = list?.closest("details");
    details?.setAttribute("open", "");
    if (details) return this.#formIn(details);
    return list && one(":scope > form.composer", list.parentElement ?? list);
  }

  /** The form in the margin of a paragraph, once that was opened. */
  #formIn(details) {
    const { source } = details.dataset ?? {};
    if (!source || !details.open) return null;
    const { count: blocks, paragraph: p } = one("summary", details)?.dataset ?? {};
    const known = one(":scope > form.composer", details);
    return known ?? this.#make({ blocks, inReplyTo: "" }, (form) => {
      form.action = `${source}/comments`;
      form.querySelector("label > span").textContent = sentence("onParagraph", { p });
      details.append(form);
    });
  }

  /** A form with these values, which `put` puts into the page; null where nobody may comment. */
  #make(values, /** @type {(form: any) => void} */ put) {
    if (!one("#composer-template")) return null;
    const form = cloneOf("composer");
    for (const [name, value] of Object.entries(values)) fillIn(form, name, value);
    put(form);
    return this.#compose(form);
  }
}
