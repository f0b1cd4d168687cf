// @ts-check
/** The comments beside paragraphs: fetched when opened, appended to while they come. */

import { articleOf, articlesOf, fill, makeRoom } from "./comments.js";
import { all, documentAt, filled, marked, on, one, plural, table } from "./dom.js";

export class Margin {
  /** `onShown` takes an element to which comments were added. */
  constructor(/** @type {(part: HTMLElement) => void} */ onShown) {
    this.onShown = onShown;
    on("toggle", ({ target }) => this.#open(target));
    on("click", (event) => this.#showEarlier(event));
    for (const details of all("details[open]")) this.#open(details);
  }

  /** Show an event of a comment; returns whether it is a new one. */
  take({ event, node }) {
    for (const article of articlesOf(node.id)) fill(article, node);
    if (event.topic !== "comment.posted.v1") return false;
    for (const block of node.blocks.length ? node.blocks : [""]) {
      if (!node.inReplyTo) count(block);
      const list = (node.inReplyTo && marked("replies", node.inReplyTo.id)) ?? marked("list", block);
      const isShown = list && !list.closest("details[data-source]:not([data-state])");
      if (isShown && !one(`article[data-comment="${node.id}"]`, list)) this.#append(list, node);
    }
    return true;
  }

  #append(/** @type {HTMLElement} */ list, node) {
    const article = articleOf(node);
    article.dataset.new = "";
    if (articlesOf(node.id).length) article.removeAttribute("id");
    steadily(() => {
      list.append(article);
      one(".empty", list)?.remove();
      makeRoom(list);
    });
    this.onShown(article);
  }

  /** Fetch the comments of what was opened, once. */
  async #open(details) {
    const { source, state } = details.dataset;
    if (!details.open || !source || state) return;
    details.dataset.state = "shown";
    if (!(await this.#load(source, one("[data-list]", details)))) delete details.dataset.state;
  }

  /** Put the comments of another page before those that came; returns whether that worked. */
  async #load(source, list) {
    list.setAttribute("aria-busy", "true");
    try {
      const page = await documentAt(source);
      const found = one(`[data-list="${CSS.escape(list.dataset.list)}"]`, page);
      for (const { id } of all("article", found ?? page)) one(`#${CSS.escape(id)}`, list)?.remove();
      list.prepend(...(found?.children ?? []));
      makeRoom(list);
      this.onShown(list);
      return true;
    } catch {
      return false;
    } finally {
      list.removeAttribute("aria-busy");
    }
  }

  async #showEarlier(event) {
    const link = event.target.closest?.("details [data-list] a[rel=prev]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const list = link.closest("[data-list]");
    if (!(await this.#load(link.href, list))) return;
    link.parentElement.remove();
    one("a", list)?.focus({ preventScroll: true });
  }
}

/** What scrolling by entire pixels left over. */
let rest = 0;

/** Change the page so that what has the focus stays where it is seen. */
function steadily(/** @type {() => void} */ change) {
  const { activeElement } = document;
  const topOf = () => activeElement?.getBoundingClientRect().top ?? 0;
  const top = topOf() - rest;
  change();
  if (activeElement === document.body) return;
  window.scrollBy({ top: topOf() - top, behavior: "instant" });
  rest = (topOf() - top) % 1;
}

function count(block) {
  const element = marked("count", block);
  if (!element) return;
  const { number, paragraph: p } = element.dataset;
  const sum = Number(number) + 1;
  element.dataset.number = String(sum);
  element.textContent = plural(table("counts"), sum);
  element.ariaLabel = filled(plural(table("labels"), sum), { p });
}
