// @ts-check
/** Server-Sent Events of one subscription, for where a socket cannot be had. */

/**
 * Follow the first subscription; the browser resumes it by itself. Returns what ends it.
 * A dead line is not noticed here: heartbeats are comments, which a page does not see.
 * @param {import("./subscriptions.js").Subscriptions} subscriptions
 * @param {Listener} listener
 */
export function followByEvents(url, subscriptions, listener) {
  const { hash, variables } = subscriptions.operations[0];
  const address = new URL(url, location.href);
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  address.searchParams.set("extensions", JSON.stringify(extensions));
  const values = { ...variables, after: subscriptions.after[0] };
  address.searchParams.set("variables", JSON.stringify(values));
  const stream = new EventSource(address);
  stream.onopen = () => listener.onOpen();
  stream.onerror = () => listener.onClose(true);
  stream.addEventListener("next", (event) => {
    const { data, extensions } = JSON.parse(event.data);
    if (data) listener.onNext(data, extensions.position);
  });
  stream.addEventListener("complete", () => stream.close());
  return () => stream.close();
}
