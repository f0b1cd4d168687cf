// @ts-check
/** Starts what pages with comments have: nothing here is needed to read, to comment or to withdraw. */

import { all, filled, marked, one, sentence } from "./dom.js";
import { Margin } from "./margin.js";
import { showLocalTimes } from "./moment.js";
import { Painting } from "./painting.js";
import { storage } from "./storage.js";
import { gather, say } from "./voice.js";
import { Writing } from "./writing.js";

const margin = new Margin();
const painting = new Painting();
painting.add(document.body);
const writing = storage && one("#comment-template") && new Writing(storage, painting);

/** Events of the page, of this and of other plugins' modules. */
function on(/** @type {string} */ name, /** @type {(detail: any) => void} */ take, target = /** @type {EventTarget} */ (document)) {
  target.addEventListener(name, (event) => take(/** @type {CustomEvent} */ (event).detail));
}

on("live", ({ commentEvents, draftEvents }) => {
  if (commentEvents?.event.topic === "comment.posted.v1") gather("news");
  if (commentEvents) margin.take(commentEvents);
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

/** A revision came while this one was read. @param {{id: string, revision: number}} draft */
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
