// @ts-check
/** Server-Sent Events of one subscription, where no socket can be had. */

import { afterErrors, cursorOf } from "./subscriptions.js";

const RETRY_MS = 5_000;

/**
 * Follow the first one; returns what ends it. A dead line is not noticed.
 * @param {import("./subscriptions.js").Subscriptions} subscriptions
 */
export function followByEvents(url, subscriptions, /** @type {Listener} */ listener) {
  const { hash, variables } = subscriptions.operations[0];
  const address = new URL(url, location.href);
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  address.searchParams.set("extensions", JSON.stringify(extensions));
  /** @type {EventSource} */ let stream;
  let reconnect = 0;
  open();
  return close;

  function open() {
    const values = { ...variables, after: subscriptions.after[0] };
    address.searchParams.set("variables", JSON.stringify(values));
    stream = new EventSource(address);
    stream.onopen = () => listener.onOpen();
    stream.onerror = () => listener.onClose(true);
    stream.addEventListener("complete", () => retry([]));
    stream.addEventListener("next", (event) => {
      const { data, errors, extensions } = JSON.parse(event.data);
      if (!data) return retry(errors);
      const { epoch, position } = extensions;
      subscriptions.after[0] = cursorOf(epoch, position);
      listener.onNext(data, position);
    });
  }

  function retry(errors) {
    const { after, isOver, isRecordChanged, waitMs } = afterErrors(errors);
    subscriptions.end(0, after);
    if (isRecordChanged) listener.onRecordChanged(subscriptions.after[0]);
    close();
    listener.onClose(true);
    if (!isOver) reconnect = setTimeout(open, waitMs ?? RETRY_MS);
  }

  function close() {
    clearTimeout(reconnect);
    stream.close();
  }
}
