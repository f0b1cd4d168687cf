// @ts-check
/** Starts what a page has: nothing here is needed to read, to comment or to withdraw. */

import { all, filled, marked, one, sentence } from "./dom.js";
import { LiveLine } from "./live_line.js";
import { Margin } from "./margin.js";
import { shown, showLocalTimes } from "./moment.js";
import { Painting } from "./painting.js";
import { gather, say } from "./voice.js";
import { Writing } from "./writing.js";

const margin = new Margin();
const painting = new Painting();
painting.add(document.body);
const storage = storageOf();
const writing = storage && one("#comment-template") && new Writing(storage, painting);

/** Events of the page, of this and of other plugins' modules. */
function on(/** @type {string} */ name, /** @type {(detail: any) => void} */ take, target = /** @type {EventTarget} */ (document)) {
  target.addEventListener(name, (event) => take(/** @type {CustomEvent} */ (event).detail));
}

on("announce", say);
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

showLocalTimes(document);
showCopy();
customElements.define("live-line", LiveLine);
askBeforeSignOut();
keepPages();

/** The storage of the device; null where there is none: then forms are sent as they are. */
function storageOf() {
  try {
    localStorage.setItem("probe", "");
    localStorage.removeItem("probe");
    return localStorage;
  } catch {
    return null;
  }
}

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

/** Say that this page is a copy which the service worker kept. */
function showCopy() {
  const { copy } = document.documentElement.dataset;
  const notice = one("#copy");
  if (!copy || !notice) return;
  notice.hidden = false;
  const values = { time: shown(copy), n: document.body.dataset.position };
  notice.textContent = filled(notice.dataset.sentence ?? "", values);
}

/** Let the service worker keep pages for when there is no line. */
function keepPages() {
  const address = "/worker.js";
  const createScriptURL = (/** @type {string} */ url) => (url === address ? url : "");
  const { trustedTypes } = /** @type {any} */ (window);
  const policy = trustedTypes?.createPolicy("page", { createScriptURL });
  navigator.serviceWorker?.register(policy ? policy.createScriptURL(address) : address);
}

/** The module is loaded where it is needed only. */
function askBeforeSignOut() {
  const form = one('form[action="/sign-out"]');
  if (form && storage) import("./sign_out.js").then(({ askBefore }) => askBefore(form, storage));
}
