// @ts-check
/** Instants in the language of the page: in UTC, and in the reader's zone. */

import { all } from "./dom.js";

/** What is between a day and a time, where not ", " (CLDR). @type {Record<string, string>} */
const BETWEEN = { ar: "، ", zh: " " };
const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();

function shownIn(instant, timeZone = zone) {
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  const date = new Date(instant);
  const day = date.toLocaleDateString(language, { dateStyle: "long", timeZone });
  const time = date.toLocaleTimeString(language, { timeStyle: "short", hourCycle: "h23", timeZone });
  return `${day}${BETWEEN[language] ?? ", "}${time} ${timeZone}`;
}

export function shown(instant) {
  return zone === "UTC" ? shownIn(instant) : `${shownIn(instant, "UTC")} · ${shownIn(instant)}`;
}

/** Show the reader's time: as a title, or in words where `data-local` asks it. */
export function showLocalTimes(part) {
  for (const time of all("time[datetime*=T]:not([title])", part)) {
    const instant = time.getAttribute("datetime") ?? "";
    if (Number.isNaN(Date.parse(instant))) continue;
    time.title = shownIn(instant);
    if (time.closest("[data-local]") && zone !== "UTC") time.append(` · ${time.title}`);
  }
}

export function setTime(/** @type {Element | null} */ time, instant) {
  time?.setAttribute("datetime", instant);
  if (time) time.textContent = shownIn(instant, "UTC");
}
