// @ts-check
/** The live region: own acts at once, those of others as numbers. */

import { one, sentence, storage } from "./dom.js";

const PAUSE_MS = 5_000;
let n = 0;

export function say(text) {
  const status = one("#status");
  if (status && text) status.textContent = text;
}

/** Say later how many comments came, unless the reader does not want it. */
export function gather() {
  if (!n) setTimeout(tell, PAUSE_MS);
  n += 1;
}

function tell() {
  if (!storage?.getItem("muted")) say(sentence("news", { n }));
  n = 0;
}
