// @ts-check
/** Starts what pages with comments have: nothing here is needed to read, to comment or to withdraw. */

import { all, filled, marked, one, sentence, storage } from "./dom.js";
import { Margin } from "./margin.js";
import { showLocalTimes } from "./moment.js";
import { Painting } from "./painting.js";
import { gather, say } from "./voice.js";
import { Writing } from "./writing.js";

const margin = new Margin();
const painting = new Painting();
painting.add(document.body);
const writing = storage && one("#comment-template") && new Writing(storage, painting);

/** Events of the page, of this and of other plugins' modules. */
function on(name, /** @type {(detail: any) => void} */ take, target = /** @type {EventTarget} */ (document)) {
  target.addEventListener(name, (event) => take(/** @type {CustomEvent} */ (event).detail));
}

on("live", ({ commentEvents, draftEvents }) => {
  if (commentEvents) margin.take(commentEvents);
  if (commentEvents?.event.topic === "comment.posted.v1") offer(commentEvents.node);
  if (draftEvents) showRevision(draftEvents.node);
});
on("recordchanged", (after) => {
  for (const article of all("article[data-position]"))
    if (Number(article.dataset.position) > after) article.remove();
  say(sentence("changed"));
});
on("shown", (part) => {
  showLocalTimes(part);
  painting.add(part);
  writing?.showAgain();
}, margin);

let unread = 0;

/** Link to the earliest comment of others that was not seen. */
function offer(/** @type {import("./comments.js").Comment} */ { id, author, blocks: [block] }) {
  const link = one("#new-comments a");
  const bar = link?.parentElement;
  if (!bar || author?.id === document.body.dataset.viewer) return;
  const place = block ? `#b-${block}` : "#general";
  if (bar.hidden) link.setAttribute("href", one(`#c-${id}`) ? `#c-${id}` : place);
  unread = bar.hidden ? 1 : unread + 1;
  link.textContent = sentence("news", { n: unread });
  bar.hidden = false;
  gather();
}

one("#new-comments a")?.addEventListener("click", (/** @type {any} */ { target }) => {
  target.parentElement.hidden = true;
  one(`${target.hash} details`)?.setAttribute("open", "");
});

/** A revision came while this one was read. */
function showRevision({ id, revision: n }) {
  const shown = Number(marked("draft", id)?.dataset.revision ?? n);
  const notice = one("#new-revision");
  const words = notice && one("[data-sentence]", notice);
  if (!notice || !words || shown >= n) return;
  notice.hidden = false;
  for (const link of all("[data-href]", notice))
    link.setAttribute("href", filled(link.dataset.href ?? "", { n }));
  words.textContent = filled(words.dataset.sentence ?? "", { n, shown });
  say(words.textContent);
}
