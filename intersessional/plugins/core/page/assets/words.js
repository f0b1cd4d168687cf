// @ts-check
/** Sentences that the server has made, with numbers filled in. */

/**
 * A sentence in which each name in braces is replaced by its value.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (name, key) => String(values[key] ?? name));
}

/**
 * The form of a sentence for a number: that of a sample of the same plural category.
 * @param {[number, string][]} forms samples of numbers with their sentences
 * @param {number} number
 * @param {string} language
 */
export function plural(forms, number, language) {
  const rules = new Intl.PluralRules(language);
  const category = rules.select(number);
  const form = forms.find(([sample]) => rules.select(sample) === category) ?? forms.at(-1);
  return form ? filled(form[1], { n: number.toLocaleString(language) }) : String(number);
}

/** The sentences of the page, by name. @returns {DOMStringMap} */
export function words() {
  const template = document.getElementById("words");
  return template ? template.dataset : {};
}
