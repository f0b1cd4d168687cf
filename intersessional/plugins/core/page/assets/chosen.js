// @ts-check
/** What a form shows of its comment: the passages that it is about, and the bytes left. */

import { filled, one } from "./dom.js";

const BYTES_MAX = 8_192;
const BYTES_SHOWN_FROM = 7_000;

/** Put passages into a form; none to take them out. */
export function choose(form, /** @type {import("./passages.js").Passage[]} */ passages) {
  const field = form.elements.namedItem("passages");
  field.value = passages.length ? JSON.stringify(passages) : "";
  field.disabled = !passages.length;
  showChosen(form);
}

/** Show the passages that are in a form. */
export function showChosen(/** @type {any} */ form) {
  const passages = JSON.parse(form.elements.namedItem("passages").value || "[]");
  const shown = one("[data-chosen]", form);
  if (!shown) return;
  shown.hidden = !passages.length;
  const lines = passages.map((/** @type {{quote: string}} */ { quote }) => {
    const line = document.createElement("p");
    line.textContent = quote;
    return line;
  });
  one("blockquote", shown)?.replaceChildren(...lines);
}

/** Show how many bytes are left, from 7 kB on; returns whether the text is short enough. */
export function showBytesLeft(/** @type {HTMLTextAreaElement} */ text) {
  const left = BYTES_MAX - new TextEncoder().encode(text.value).length;
  const hint = text.form && one("[data-left]", text.form);
  text.setAttribute("aria-invalid", String(left < 0));
  if (hint) {
    hint.hidden = left > BYTES_MAX - BYTES_SHOWN_FROM;
    const words = hint.dataset[left < 0 ? "over" : "left"] ?? "";
    hint.textContent = filled(words, { n: Math.abs(left) });
  }
  return left >= 0;
}
