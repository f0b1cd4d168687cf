// @ts-check
/** Starts what every page has: its connection, local times, copies. */

import { on, one, reveal, storage } from "./dom.js";
import { LiveLine } from "./live_line.js";
import { shown, showLocalTimes } from "./moment.js";
import { say } from "./voice.js";

on("announce", ({ detail }) => say(detail));

showLocalTimes(document);
showCopy();
customElements.define("live-line", LiveLine);
countWaiting();
offerMute();
keepPages();

/** Say that this page is a copy which the service worker kept. */
function showCopy() {
  const { copy } = document.documentElement.dataset;
  if (copy) reveal(one("#copy"), { time: shown(copy), n: document.body.dataset.position });
}

/** The service worker keeps pages. */
function keepPages() {
  const address = "/worker.js";
  const { trustedTypes } = /** @type {any} */ (window);
  const policy = trustedTypes?.createPolicy("page", { createScriptURL: () => address });
  navigator.serviceWorker?.register(policy?.createScriptURL("") ?? address);
}

/** The device keeps whether numbers of others' comments are said. */
function offerMute(device = storage) {
  const box = /** @type {HTMLInputElement | null} */ (one("label[hidden] > input"));
  if (!box?.parentElement || !device) return;
  box.parentElement.hidden = false;
  box.checked = Boolean(device.getItem("muted"));
  box.onchange = () => device.setItem("muted", box.checked ? "1" : "");
}

/** The module is loaded where it is needed only. */
function countWaiting(notice = one("[data-waiting]"), device = storage) {
  if (notice && device) import("./waiting.js").then((it) => it.showWaiting(notice, device));
}
