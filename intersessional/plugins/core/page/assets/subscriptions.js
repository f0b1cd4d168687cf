// @ts-check
/** The subscriptions of a socket, and the position after which each is resumed. */

import { cursorOf, positionOf } from "./recovery.js";

/** @typedef {{hash: string, variables: Record<string, unknown>}} Operation */

export class Subscriptions {
  /** @type {string[]} */ #after;
  /** Those that the server has not confirmed, in the order of the client's pings. */
  /** @type {number[]} */ #unconfirmed = [];
  /** @type {Set<number>} */ #running = new Set();

  /** @param {Operation[]} operations @param {string} after the cursor of the page */
  constructor(operations, after) {
    this.operations = operations;
    this.#after = operations.map(() => after);
  }

  /** The message that starts one, and the ping whose answer confirms it. @param {number} index */
  start(index) {
    const { hash, variables } = this.operations[index];
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    const payload = { extensions, variables: { ...variables, after: this.#after[index] } };
    this.#unconfirmed.push(index);
    return [{ type: "subscribe", id: String(index), payload }, { type: "ping" }];
  }

  /** The server has read the earliest message that it had not confirmed. */
  confirm() {
    const index = this.#unconfirmed.shift();
    if (index !== undefined && index >= 0) this.#running.add(index);
  }

  /** One has ended, and may go on after another cursor. @param {number} index @param {string} [after] */
  end(index, after) {
    this.#running.delete(index);
    this.#unconfirmed = this.#unconfirmed.map((each) => (each === index ? -1 : each));
    if (after !== undefined) this.#after[index] = after;
  }

  /** The socket has ended. */
  endAll() {
    this.#running.clear();
    this.#unconfirmed = [];
  }

  /** @param {number} index @param {string} after */
  advance(index, after) {
    this.#after[index] = after;
  }

  /**
   * Everything up to a position was sent to those that the server confirmed.
   * @param {string | undefined} epoch
   * @param {number} position
   */
  advanceAll(epoch, position) {
    for (const index of this.#running)
      if (position >= positionOf(this.#after[index]))
        this.#after[index] = cursorOf(epoch, position);
  }

  /** @param {number} index */
  after(index) {
    return this.#after[index];
  }
}
