// @ts-check
/** Counts down to an instant that the server gave, in the words of the reader's language. */

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
/** Seconds left at which the time is said aloud. */
const SAID_S = [HOUR_S, 15 * MINUTE_S, 5 * MINUTE_S, 0];

/** The time left in its greatest unit. */
export function timeLeft(leftS, language) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  if (leftS >= 2 * DAY_S) return words.format(Math.floor(leftS / DAY_S), "day");
  if (leftS >= 2 * HOUR_S) return words.format(Math.floor(leftS / HOUR_S), "hour");
  if (leftS >= 2 * MINUTE_S) return words.format(Math.floor(leftS / MINUTE_S), "minute");
  return words.format(leftS, "second");
}

/** The milliseconds until the words change. */
export const nextMs = (leftS) => (leftS > 2 * MINUTE_S ? MINUTE_S : 1) * 1000;

/** The limit that lies between two times left, of which the first is greater. */
export const passed = (beforeS, afterS) =>
  SAID_S.find((limit) => beforeS > limit && afterS <= limit);

if (globalThis.customElements) {
  class TimeLeft extends HTMLElement {
    #timer = 0;
    #beforeS = 0;

    connectedCallback() {
      this.setAttribute("role", "timer");
      this.#beforeS = this.#leftS();
      this.#show();
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
    }

    #leftS() {
      return Math.max(0, Math.floor((Date.parse(this.dataset.until ?? "") - Date.now()) / 1000));
    }

    #show() {
      const leftS = this.#leftS();
      const words = timeLeft(leftS, document.documentElement.lang);
      const sentence = leftS ? this.dataset.sentence : this.dataset.past;
      const text = sentence?.replace("{time}", words);
      const status = document.getElementById("status");
      if (text) this.textContent = text;
      if (text && passed(this.#beforeS, leftS) !== undefined && status) status.textContent = text;
      this.#beforeS = leftS;
      if (leftS) this.#timer = setTimeout(() => this.#show(), nextMs(leftS));
    }
  }
  customElements.define("time-left", TimeLeft);
}
