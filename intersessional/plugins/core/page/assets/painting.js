// @ts-check
/** What is seen of passages: of comments, of a selection, and of a form. */

import { all, fieldIn, fillIn, filled, on, one } from "./dom.js";
import { passagesOf, rangeOf } from "./passages.js";

const SETTLED_MS = 200;
const BYTES_MAX = 8_192;
const BYTES_SHOWN_FROM = 7_000;

/** Ranges of one kind; not seen where a browser has no such API. */
function highlight(name) {
  if (!("highlights" in CSS)) return new Set();
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

export class Painting {
  #commented = highlight("commented");
  #mine = highlight("mine");
  #chosen = highlight("chosen");
  #texts = new Map(all("[data-block]").map((text) => [text.dataset.block, text]));

  /** Paint the passages of comments in a part of the page, where they read as they did. */
  add(/** @type {HTMLElement} */ part) {
    for (const { dataset } of [part, ...all("[data-passages]", part)])
      for (const passage of JSON.parse(dataset.passages ?? "[]")) {
        const range = passage.now !== null && this.#rangeOf(passage);
        if (range) (dataset.mine === undefined ? this.#commented : this.#mine).add(range);
      }
  }

  choose(/** @type {Passage[]} */ passages) {
    this.#chosen.clear();
    for (const passage of passages) {
      const range = this.#rangeOf(passage);
      if (range) this.#chosen.add(range);
    }
  }

  /** Offer a bar while words are selected; `onChosen` takes their passages. */
  offer(/** @type {HTMLElement} */ bar, /** @type {(passages: Passage[]) => void} */ onChosen) {
    let timer = 0;
    const selected = () => {
      const selection = document.getSelection();
      const range = selection?.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
      return range ? passagesOf(range, this.#texts.values()) : [];
    };
    const show = () => (bar.hidden = !selected().length);
    on("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(show, SETTLED_MS);
    });
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    one("button", bar)?.addEventListener("click", () => {
      const passages = selected();
      bar.hidden = true;
      if (passages.length) onChosen(passages);
      document.getSelection()?.removeAllRanges();
    });
  }

  #rangeOf(/** @type {Passage} */ passage) {
    const text = this.#texts.get(passage.block);
    return text ? rangeOf(text, passage) : null;
  }
}

/** Put passages into a form; none to take them out. */
export function choose(form, /** @type {Passage[]} */ passages) {
  fillIn(form, "passages", passages.length ? JSON.stringify(passages) : "");
  showChosen(form);
}

export function showChosen(form) {
  const passages = JSON.parse(fieldIn(form, "passages").value || "[]");
  const shown = one("[data-chosen]", form);
  if (!shown) return;
  shown.hidden = !passages.length;
  const lines = passages.map(({ quote }) => {
    const line = document.createElement("p");
    line.textContent = quote;
    return line;
  });
  one("blockquote", shown)?.replaceChildren(...lines);
}

/** Show how many bytes are left where they are few; returns whether the text fits. */
export function showBytesLeft(/** @type {HTMLTextAreaElement} */ text) {
  const left = BYTES_MAX - new TextEncoder().encode(text.value).length;
  const hint = text.form && one("[data-left]", text.form);
  text.ariaInvalid = String(left < 0);
  if (hint) {
    text.ariaDescribedByElements = [hint];
    hint.hidden = left > BYTES_MAX - BYTES_SHOWN_FROM;
    const words = hint.dataset[left < 0 ? "over" : "left"] ?? "";
    hint.textContent = filled(words, { n: Math.abs(left) });
  }
  return left >= 0;
}
