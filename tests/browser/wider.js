// What reaches beyond the page sideways, where the page scrolls for it.
() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const found = [`the page is ${scrollWidth} wide, and ${clientWidth} are shown`];
  for (const element of document.querySelectorAll("body *")) {
    const { left, right } = element.getBoundingClientRect();
    if (right > clientWidth + 1 || left < -1)
      found.push(`${element.outerHTML.slice(0, 100)}: ${left.toFixed(0)} to ${right.toFixed(0)}`);
  }
  return found.slice(0, 8);
}
