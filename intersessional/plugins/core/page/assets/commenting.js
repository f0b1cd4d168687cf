// @ts-check
/** Starts what pages with comments have; they can be read and commented on without it. */

import { all, marked, on, one, reveal, sentence, storage } from "./dom.js";
import { WritingLoader } from "./loader.js";
import { Margin } from "./margin.js";
import { showLocalTimes } from "./moment.js";
import { Painting } from "./painting.js";
import { gather, say } from "./voice.js";

const painting = new Painting();
painting.add(document.body);
const loader = storage && one("#comment-template") && new WritingLoader(storage, painting);
const margin = new Margin((part) => {
  showLocalTimes(part);
  painting.add(part);
  loader?.writing?.showAgain();
});

on("live", ({ detail: { commentEvents, draftEvents } }) => {
  if (commentEvents && margin.take(commentEvents)) offer(commentEvents.node);
  if (draftEvents) showRevision(draftEvents.node);
});
on("recordchanged", ({ detail: after }) => {
  for (const article of all("article[data-position]"))
    if (Number(article.dataset.position) > after) {
      article.remove();
      loader?.writing?.lose(article);
    }
  say(reveal(one("#changed"), {}));
});

let posted = 0;
let unread = 0;

/** Link to the earliest unseen comment of others. */
function offer(/** @type {RecordedComment} */ { id, author, blocks: [block] }) {
  posted += 1;
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

function showRevision({ id, revision: n }) {
  const shown = Number(marked("draft", id)?.dataset.revision ?? n);
  if (shown < n) say(reveal(one("#new-revision"), { n, shown }));
}

/** Say how much came since the last visit on this device. */
function visit(data = one("[data-draft]")?.dataset) {
  if (!data?.comments || !storage) return;
  const key = `visit:${data.draft}`;
  const now = [data.revision, data.comments].map(Number);
  const last = JSON.parse(storage.getItem(key) ?? "0") || now;
  all("[data-since]").forEach((notice, index) => {
    const [n, shown] = [now[index], last[index]];
    if (n > shown) reveal(notice, { n, shown, more: n - shown });
  });
  window.addEventListener("pagehide", () =>
    storage?.setItem(key, JSON.stringify([now[0], now[1] + posted])),
  );
}

visit();
