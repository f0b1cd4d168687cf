// Whether the page is connected, where it connects at all, and what was opened in it has come.
() => {
  const { live, position } = document.body.dataset;
  const has = (name) => document.querySelector(`[data-live-${name}]:not([data-live-${name}=""])`);
  const connects = JSON.parse(live || "[]").some(({ variables, needs }) =>
    Object.keys(needs).every((name) => name in variables || has(name)));
  const line = document.querySelector("live-line");
  if (line && connects && position && line.dataset.state !== "live") return false;
  if (document.querySelector("[aria-busy=true]")) return false;
  const writes = document.querySelector("#composer-template");
  const opened = [...document.querySelectorAll("details[open][data-source]")];
  return opened.every((one) =>
    one.dataset.state === "shown" && (!writes || one.querySelector(":scope > form.composer")));
}
