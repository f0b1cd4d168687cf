// @ts-check
/** Starts what every page has: its connection, local times, and the copies of pages. */

import { filled, one, storage } from "./dom.js";
import { LiveLine } from "./live_line.js";
import { shown, showLocalTimes } from "./moment.js";
import { say } from "./voice.js";

document.addEventListener("announce", (event) => say(/** @type {CustomEvent} */ (event).detail));

showLocalTimes(document);
showCopy();
customElements.define("live-line", LiveLine);
askBeforeSignOut();
offerMute();
keepPages();

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
  const createScriptURL = (url) => (url === address ? url : "");
  const { trustedTypes } = /** @type {any} */ (window);
  const policy = trustedTypes?.createPolicy("page", { createScriptURL });
  navigator.serviceWorker?.register(policy ? policy.createScriptURL(address) : address);
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
function askBeforeSignOut(device = storage) {
  const form = one('form[action="/sign-out"]');
  if (form && device) import("./sign_out.js").then(({ askBefore }) => askBefore(form, device));
}
