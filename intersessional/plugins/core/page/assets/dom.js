// @ts-check
/** What all modules need: elements, sentences that the server made, the device's storage. */

/** @returns {HTMLElement | null} */
export const one = (selector, /** @type {ParentNode} */ root = document) =>
  root.querySelector(selector);

/** @returns {HTMLElement[]} */
export const all = (selector, /** @type {ParentNode} */ root = document) =>
  Array.from(root.querySelectorAll(selector));

/** @returns {HTMLElement | null} */
export const marked = (name, value) =>
  one(`[data-${name}="${CSS.escape(value)}"]`);

/** Act on events of the document and of what it contains. */
export function on(name, /** @type {(event: any) => unknown} */ act) {
  document.addEventListener(name, act, true);
}

/** @returns {HTMLElement} */
export function cloneOf(name) {
  const template = /** @type {HTMLTemplateElement} */ (one(`#${name}-template`));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/** A sentence of the page, with values. */
export function sentence(name, values = {}) {
  return filled(one("#words")?.dataset[name] ?? "", values);
}

/** @returns {any} */
export const table = (name) => JSON.parse(sentence(name) || "null") ?? {};

/** @returns {any} */
export const fieldIn = (/** @type {any} */ form, name) => form.elements.namedItem(name);

/** Fill a hidden field; an empty one is not sent. */
export function fillIn(form, name, value) {
  const field = fieldIn(form, name);
  field.value = value;
  field.disabled = !value && field.type === "hidden";
}

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

/** The sentence for a number. @param {[number, string][]} forms */
export function plural(forms, number, language = document.documentElement.lang) {
  const rules = new Intl.PluralRules(language);
  const category = rules.select(number);
  const form = forms.find(([sample]) => rules.select(sample) === category) ?? forms.at(-1);
  return filled(form?.[1] ?? "{n}", { n: number.toLocaleString(language) });
}

/** DOMParser would need a policy of Trusted Types. @returns {Promise<Document>} */
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

/** Null where there is none: then forms are sent as they are. */
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
