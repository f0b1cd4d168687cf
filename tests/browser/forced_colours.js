// Marks that are not seen in forced colours: of states, charts, fields, notices and passages.
() => {
  const [canvas, text] = ["Canvas", "CanvasText"].map((name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = name;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
  const found = [];
  const check = (selector, isSeen) => {
    for (const element of document.querySelectorAll(selector))
      if (element.checkVisibility() && !isSeen(element, getComputedStyle(element)))
        found.push(`${selector}: ${element.outerHTML.slice(0, 100)}`);
  };
  const hasBorder = (_, { borderTopStyle, borderTopWidth, borderTopColor }) =>
    borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0 && borderTopColor !== canvas;
  check(".state", (element) => element.textContent.trim() !== "");
  check(".chart rect", (_, { fill, stroke }) => fill === text || stroke === text);
  // The browser paints the other kinds of inputs.
  check("textarea, input:is([type=text], [type=date]), .notice, .primary", hasBorder);
  check("[data-block]", (element) => {
    const { textDecorationLine } = getComputedStyle(element, "::highlight(commented)");
    return textDecorationLine === "underline";
  });
  check("main a[href]:not(.button, .number)", (element, { color }) => color !== text);
  return found;
}
