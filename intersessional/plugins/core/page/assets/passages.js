// @ts-check
/** Passages, whose offsets are in code points; those of the browser are in units of UTF-16. */

/** The passage of a text between two units, without the space around it. @returns {Passage | null} */
export function passageAt(block, text, first = 0, last = 0) {
  const from = pointsAt(text, first);
  const raw = Array.from(text).slice(from, lengthOf(text.slice(0, last))).join("");
  const quote = raw.trim();
  const start = from + lengthOf(raw) - lengthOf(raw.trimStart());
  return quote ? { block, start, end: start + lengthOf(quote), quote } : null;
}

/** The passages of a range, one a paragraph; what is around the paragraphs is left out. */
export function passagesOf(/** @type {Range} */ range, /** @type {Iterable<HTMLElement>} */ texts) {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const passages = Array.from(texts, (element) => {
    const unitsTo = (node, offset) => {
      const before = document.createRange();
      before.selectNodeContents(element);
      const side = before.comparePoint(node, offset);
      if (!side) before.setEnd(node, offset);
      return side < 0 ? 0 : String(before).length;
    };
    const [first, last] = [unitsTo(startContainer, startOffset), unitsTo(endContainer, endOffset)];
    return passageAt(element.dataset.block, element.textContent, first, last);
  });
  return passages.filter((passage) => passage !== null);
}

/** The range of a passage in its paragraph; null where the quote does not stand there. */
export function rangeOf(/** @type {HTMLElement} */ element, /** @type {Passage} */ passage) {
  const { quote } = passage;
  const { start, end } = passage.now ?? passage;
  const text = element.textContent ?? "";
  const first = unitsAt(text, start);
  const last = unitsAt(text, end);
  if (!quote || text.slice(first, last) !== quote) return null;
  const [startContainer, startOffset] = boundaryAt(element, first, 0);
  const [endContainer, endOffset] = boundaryAt(element, last, 1);
  return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
}

/** The text node, and the offset in it; its end where `slack` is 1. @returns {[Node, number]} */
function boundaryAt(/** @type {HTMLElement} */ element, units, slack = 0) {
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = units;
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (left < length + slack) return [node, left];
    left -= length;
  }
  return [element, element.childNodes.length];
}

export const lengthOf = (text) => Array.from(text).length;

/** The number of code points before an offset in units. Within a pair it is that of the pair. */
export function pointsAt(text, units = 0) {
  const isInPair = text.codePointAt(units - 1) > 0xffff;
  return lengthOf(text.slice(0, isInPair ? units - 1 : units));
}

/** The offset in units of a code point; the end of the text where it has fewer code points. */
export const unitsAt = (text, points) => Array.from(text).slice(0, points).join("").length;
