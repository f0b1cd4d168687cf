// @ts-check
/** What all modules need: elements, sentences that the server made, the device's storage. */

/** The first element of a selector. @returns {HTMLElement | null} */
export const one = (selector, /** @type {ParentNode} */ root = document) =>
  root.querySelector(selector);

/** All elements of a selector. @returns {HTMLElement[]} */
export const all = (selector, /** @type {ParentNode} */ root = document) =>
  Array.from(root.querySelectorAll(selector));

/** The element whose attribute `data-<name>` has a value. @returns {HTMLElement | null} */
export const marked = (name, value) =>
  one(`[data-${name}="${CSS.escape(value)}"]`);

/** A clone of the first element of a template. @returns {HTMLElement} */
export function cloneOf(name) {
  const template = /** @type {HTMLTemplateElement} */ (one(`#${name}-template`));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/** A sentence of the page, with its names in braces replaced. */
export function sentence(name, values = {}) {
  return filled(one("#words")?.dataset[name] ?? "", values);
}

/** The values of a sentence of the page that is JSON. @returns {any} */
export const table = (name) => JSON.parse(sentence(name) || "null") ?? {};

/** A text in which each name in braces is replaced by its value. */
export function filled(text, /** @type {Record<string, unknown>} */ values) {
  return text.replace(/\{(\w+)\}/g, (name, key) => String(values[key] ?? name));
}

/** Show a notice, with values in its sentence and its links; returns the sentence. */
export function reveal(/** @type {HTMLElement | null} */ notice, values, hidden = false) {
  if (!notice) return "";
  const words = one("[data-sentence]", notice) ?? notice;
  words.textContent = filled(words.dataset.sentence ?? "", values);
  for (const link of all("[data-href]", notice))
    link.setAttribute("href", filled(link.dataset.href ?? "", values));
  notice.hidden = hidden;
  return words.textContent;
}

/** The sentence for a number, among those for samples. @param {[number, string][]} forms */
export function plural(forms, number, language = document.documentElement.lang) {
  const rules = new Intl.PluralRules(language);
  const category = rules.select(number);
  const form = forms.find(([sample]) => rules.select(sample) === category) ?? forms.at(-1);
  return filled(form?.[1] ?? "{n}", { n: number.toLocaleString(language) });
}

/**
 * The document at an address of this site; rejects where there is no line, or no page.
 * DOMParser would need a policy of Trusted Types.
 * @returns {Promise<Document>}
 */
export function documentAt(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onerror = reject;
    request.onload = () => (request.status === 200 ? resolve(request.response) : reject());
    request.send();
  });
}

/**
 * The storage of the device. Null where there is none, or no secure context, in which nobody can
 * sign in: then forms are sent as they are.
 */
export const storage = storageOf();

function storageOf() {
  try {
    localStorage.setItem("probe", crypto.randomUUID());
    localStorage.removeItem("probe");
    return localStorage;
  } catch {
    return null;
  }
}
