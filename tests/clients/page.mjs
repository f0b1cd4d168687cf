// A page as people write them: what its browser's own EventSource, WebSocket and fetch receive is
// reported to the server of the page.
const given = JSON.parse(decodeURIComponent(location.hash.slice(1)));

let reporting = Promise.resolve();

function report(source, what) {
  const body = JSON.stringify({ source, what });
  reporting = reporting.then(() => fetch("reports", { method: "POST", body }));
}

async function ask() {
  try {
    const response = await fetch(given.url, {
      method: "POST",
      headers: { Authorization: `Bearer ${given.token}`, "Content-Type": "application/json" },
      body: JSON.stringify(given.operation),
    });
    report("fetch", await response.json());
  } catch {
    report("fetch", "closed");
  }
}

// The link stays the same: the browser sends the last event id.
function watchEvents() {
  const link = new URL(given.url);
  link.searchParams.set("query", given.watched);
  link.searchParams.set("variables", JSON.stringify(given.variables));
  const source = new EventSource(link);
  source.addEventListener("next", ({ data, lastEventId }) =>
    report("events", { id: lastEventId, ...JSON.parse(data) }),
  );
  source.addEventListener("complete", () => {
    source.close();
    report("events", "complete");
  });
  source.addEventListener("error", () =>
    report("events", source.readyState === EventSource.CLOSED ? "closed" : "lost"),
  );
}

// A WebSocket does not reconnect by itself: the page opens another, after the last position.
function watchSocket(variables) {
  const socket = new WebSocket(given.url.replace("http", "ws"), "graphql-transport-ws");
  const send = (message) => socket.send(JSON.stringify(message));
  const payload = () => ({ query: given.watched, variables });
  let opened = false;
  socket.onopen = () => send({ type: "connection_init" });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "connection_ack") send({ id: "1", type: "subscribe", payload: payload() });
    else if (message.type === "ping") send({ type: "pong" });
    else if (message.type === "next") {
      opened = true;
      variables = { ...variables, after: message.payload.extensions.position };
      report("socket", message.payload);
    } else report("socket", message);
  };
  socket.onclose = () => {
    report("socket", opened ? "lost" : "closed");
    setTimeout(() => watchSocket(variables), 200);
  };
}

if (given.operation) await ask();
watchEvents();
watchSocket(given.variables);
