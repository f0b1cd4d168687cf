// @ts-check
/** Paints passages of the draft: those of comments, and the words that are selected. */

import { all, one } from "./dom.js";
import { passagesOf, rangeOf } from "./passages.js";

const SETTLED_MS = 200;

/** The ranges of one kind, by the CSS Custom Highlight API; none where that is missing. */
function highlight(/** @type {string} */ name) {
  if (!("highlights" in CSS)) return null;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

/** @typedef {import("./passages.js").Passage} Passage */

export class Painting {
  #commented = highlight("commented");
  #mine = highlight("mine");
  #chosen = highlight("chosen");
  /** @type {Set<string>} */ #painted = new Set();
  #texts = new Map(all("[data-block]").map((text) => [text.dataset.block, text]));

  /** Paint the passages of the comments in a part of the page, where they read as they did. */
  add(/** @type {HTMLElement} */ part) {
    for (const { dataset } of [part, ...all("[data-passages]", part)])
      for (const passage of JSON.parse(dataset.passages ?? "[]")) {
        const { block, start, end, now, state } = passage;
        const name = JSON.stringify([block, start, end, now, dataset.mine]);
        if (this.#painted.has(name) || state === "ORPHANED") continue;
        this.#painted.add(name);
        const range = this.#rangeOf(passage);
        if (range) (dataset.mine === undefined ? this.#commented : this.#mine)?.add(range);
      }
  }

  /** Mark the words that a comment is being written on. */
  choose(/** @type {Passage[]} */ passages) {
    this.#chosen?.clear();
    for (const range of passages.map((each) => this.#rangeOf(each)))
      if (range) this.#chosen?.add(range);
  }

  /** Offer a bar while words are selected; `onChosen` takes their passages. */
  offer(/** @type {HTMLElement} */ bar, /** @type {(passages: Passage[]) => void} */ onChosen) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
    const selected = () => {
      const selection = document.getSelection();
      const range = selection?.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
      return range ? passagesOf(range, this.#texts.values()) : [];
    };
    const show = () => (bar.hidden = !selected().length);
    document.addEventListener("selectionchange", () => {
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
