// Makes the words of the page as much longer as those of other languages are, and accents them.
() => {
  const LONGER = 0.35;
  const ACCENTS = { a: "á", e: "ë", i: "ï", o: "ö", u: "ü", n: "ñ" };
  const lengthen = (word) => {
    const accented = word.replace(/[aeioun]/g, (letter) => ACCENTS[letter]);
    return accented + accented.slice(0, Math.ceil(word.length * LONGER));
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    if (!text.parentElement.closest("bdi, .prose, code, pre, [dir=auto]"))
      text.data = text.data.replace(/\p{L}+/gu, lengthen);
}
