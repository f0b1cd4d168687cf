// @ts-check
/** Shows the comments that wait on this device, where they will stand, and what can be done. */

import { articleOf, articlesOf, setText } from "./comments.js";
import { all, cloneOf, filled, marked, one, reveal, sentence } from "./dom.js";
import { setTime, shown } from "./moment.js";
import { fieldOf } from "./pending_comments.js";
import { say } from "./voice.js";

export class PendingView {
  /** @param {import("./outbox.js").Outbox} outbox @param {(comment: PendingComment) => void} onEdit */
  constructor(outbox, onEdit) {
    this.outbox = outbox;
    this.onEdit = onEdit;
    outbox.onSettled = (comment, outcome) => this.#settle(comment, outcome);
    window.addEventListener("storage", () => this.showAll());
    this.showAll();
  }

  /** Show those that were sent, and all on their own page; of another person only how many. */
  showAll() {
    const { pending, viewer } = this.outbox;
    const sent = pending.all().filter(({ state }) => everything() || state !== "writing");
    const isForeign = (/** @type {PendingComment} */ { writer }) =>
      writer && viewer && writer !== viewer;
    for (const article of all("article[data-command]")) article.remove();
    for (const comment of sent) if (!isForeign(comment)) this.#show(comment);
    const n = sent.filter(isForeign).length;
    reveal(one("[data-others]"), { n }, !n);
  }

  #show(/** @type {PendingComment} */ comment) {
    const place = placeOf(comment);
    if (!place) return;
    const article = cloneOf("comment");
    article.removeAttribute("data-comment");
    article.dataset.command = comment.commandId;
    article.dataset.state = "pending";
    setText(article, "author", sentence("you"));
    setText(article, "body", fieldOf(comment, "body"));
    setTime(one("time", article), new Date(comment.writtenAt).toISOString());
    one(".actions", article)?.replaceWith(this.#actions(comment));
    place.append(article);
    place.closest("details")?.setAttribute("open", "");
  }

  #actions(/** @type {PendingComment} */ comment) {
    const actions = cloneOf("pending");
    const isReady = this.outbox.viewer && !this.outbox.isSignedOut;
    const state = isReady && comment.state === "signed-out" ? "ready" : comment.state;
    for (const element of all("[data-for]", actions))
      if (element.dataset.for !== state) element.remove();
    const reason = one("[data-refusal]", actions);
    if (reason && comment.refusal) reason.textContent = reasonOf(comment.refusal);
    const here = encodeURIComponent(location.pathname + location.search);
    for (const link of all("a[data-next]", actions))
      link.setAttribute("href", `${link.dataset.next}?next=${here}`);
    actions.addEventListener("click", (/** @type {any} */ { target }) =>
      this.#act(target.dataset.act, comment),
    );
    return actions;
  }

  #act(/** @type {string | undefined} */ act, /** @type {PendingComment} */ comment) {
    if (!act) return;
    if (act === "send") this.outbox.send(comment);
    if (act === "discard") this.outbox.pending.remove(comment.commandId);
    if (act === "edit") this.onEdit(comment);
    if (act !== "copy") return this.showAll();
    navigator.clipboard?.writeText(fieldOf(comment, "body"));
    say(sentence("copied"));
  }

  #settle(/** @type {PendingComment} */ comment, /** @type {Outcome} */ outcome) {
    this.showAll();
    say(sentence(outcome.kind === "signed-out" ? "signedOut" : outcome.kind));
    const recorded = outcome.kind === "recorded" && outcome.payload.comment;
    const place = recorded && placeOf(comment);
    if (place && !articlesOf(recorded.id).length) place.append(articleOf(recorded));
  }
}

const everything = () => one("#pending-comments");

export function placeOf(/** @type {PendingComment} */ comment) {
  if (everything()) return everything();
  if (!marked("draft", comment.action.split("/")[2])) return null;
  const reply = fieldOf(comment, "inReplyTo");
  return (reply && marked("replies", reply)) || marked("list", fieldOf(comment, "blocks"));
}

/** Why a comment was refused, in the language of the page where it has the sentence. */
function reasonOf(/** @type {Record<string, any>} */ refusal) {
  const sentences = /** @type {HTMLTemplateElement | null} */ (one("#refusals"));
  const known = sentences?.content.querySelector(`[data-code="${refusal.code}"]`)?.textContent;
  const facts = Object.entries(refusal).map(([name, value]) => [
    name,
    /^\d{4}-\d\d-\d\dT/.test(value) ? shown(value) : value,
  ]);
  return filled(known ?? refusal.message, Object.fromEntries(facts));
}
