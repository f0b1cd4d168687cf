// @ts-check
/** The one live region: own acts at once, those of others gathered, as numbers only. */

import { one, sentence } from "./dom.js";

const PAUSE_MS = 5_000;
/** @type {Map<string, number>} */
const gathered = new Map();
let isWaiting = false;

/** Say a text now. */
export function say(/** @type {string} */ text) {
  const status = one("#status");
  if (status && text) status.textContent = text;
}

/** Say later how often something happened: the sentence of this name has `{n}`. */
export function gather(/** @type {string} */ name) {
  gathered.set(name, (gathered.get(name) ?? 0) + 1);
  if (!isWaiting) setTimeout(tell, PAUSE_MS);
  isWaiting = true;
}

function tell() {
  isWaiting = false;
  const sentences = Array.from(gathered, ([name, n]) => sentence(name, { n }));
  gathered.clear();
  say(sentences.join(" "));
}
