// Targets below 24 × 24 CSS pixels (WCAG 2.2 §2.5.8), but for links within a sentence.
() => {
  const LEAST = 24;
  const selector = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const isInSentence = (element) => {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, dt, td, th, blockquote, h1, h2, h3");
    const own = element.textContent.trim();
    return Boolean(block) && block.textContent.trim().length > own.length;
  };
  const found = [];
  for (const element of document.querySelectorAll(selector)) {
    const target = element.closest("label") ?? element;
    const { width, height } = target.getBoundingClientRect();
    const isShown = element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
    if (!isShown || isInSentence(element)) continue;
    if (width >= LEAST - 0.5 && height >= LEAST - 0.5) continue;
    const text = element.textContent.trim().slice(0, 40);
    found.push(`${element.outerHTML.slice(0, 90)} "${text}": ${width.toFixed(1)} × ${height.toFixed(1)}`);
  }
  return found;
}
