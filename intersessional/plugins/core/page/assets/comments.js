// @ts-check
/** Comments as elements: clones of the server's template. */

import { all, cloneOf, one, sentence, table } from "./dom.js";
import { setTime, showLocalTimes } from "./moment.js";

/** More would make a page slow. */
const ARTICLES_MAX = 200;

export function articleOf(/** @type {RecordedComment} */ comment) {
  const article = cloneOf("comment");
  fill(article, comment);
  return article;
}

export function fill(/** @type {HTMLElement} */ article, /** @type {RecordedComment} */ comment) {
  const { id, author, attribution, passages = [] } = comment;
  article.id = `c-${id}`;
  article.dataset.comment = id;
  article.dataset.position = String(comment.position);
  article.dataset.passages = JSON.stringify(passages);
  one("[data-replies]", article)?.setAttribute("data-replies", id);
  for (const link of all(":scope > * > a[data-href]", article))
    link.setAttribute("href", `/comments/${id}${link.dataset.href}`);
  const name = attribution?.speaker ?? author?.displayName ?? sentence("nobody");
  setText(article, "author", name);
  setText(article, "group", table("groups")[comment.stakeholderGroup ?? ""]);
  setText(article, "region", table("regions")[comment.region ?? ""]);
  setText(article, "quote", passages.map(({ quote }) => quote ?? "").join(" … "));
  for (const quote of all(":scope > blockquote", article).slice(1)) quote.remove();
  setTime(one("time", article), comment.postedAt);
  const shown = /** @type {any} */ (one("[data-field=body]", article));
  article.classList.toggle("withdrawn", comment.withdrawn);
  shown.lang = comment.language ?? "";
  if (comment.body === null) shown.textContent = sentence("withdrawn");
  else if (shown.setHTML) shown.setHTML(comment.bodyHtml);
  else setText(article, "body", comment.body);
  showLocalTimes(article);
}

export function setText(article, field, text = "") {
  const element = one(`[data-field=${field}]`, article);
  if (!element) return;
  element.textContent = text;
  element.dataset.plain = "";
  element.hidden = !text;
}

export const articlesOf = (id) =>
  all(`article[data-comment="${CSS.escape(id)}"]`);

/** Take out comments: of other paragraphs first, then the earliest. What has the focus stays. */
export function makeRoom(/** @type {HTMLElement} */ list) {
  const kept = list.closest("details");
  const shown = all("details[data-state=shown]").filter((each) => each !== kept && isLeft(each));
  const isOpen = (/** @type {Element} */ each) => Number(each.hasAttribute("open"));
  for (const details of shown.sort((a, b) => isOpen(a) - isOpen(b))) {
    if (excess() <= 0) return;
    details.removeAttribute("open");
    delete details.dataset.state;
    for (const each of all("[data-list] > :not([data-state])", details)) each.remove();
  }
  const earliest = all(":scope > article:not([data-state])", list);
  for (const article of earliest) if (excess() > 0 && isLeft(article)) article.remove();
}

const excess = () => all("article[data-comment]").length - ARTICLES_MAX;
const isLeft = (/** @type {Element} */ element) => !element.contains(document.activeElement);
