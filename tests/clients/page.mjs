// A page as people write them: what its browser's own EventSource, WebSocket and fetch see is told
// to the server that the page came from.
const given = JSON.parse(decodeURIComponent(location.hash.slice(1)));

let telling = Promise.resolve();

function tell(source, what) {
  const body = JSON.stringify({ source, what });
  telling = telling.then(() => fetch("told", { method: "POST", body }));
}

async function ask() {
  try {
    const response = await fetch(given.url, {
      method: "POST",
      headers: { Authorization: `Bearer ${given.token}`, "Content-Type": "application/json" },
      body: JSON.stringify(given.asked),
    });
    tell("fetch", await response.json());
  } catch {
    tell("fetch", "closed");
  }
}

// The link stays the same: where to go on is the browser's business.
function watchEvents() {
  const link = new URL(given.url);
  link.searchParams.set("query", given.watched);
  link.searchParams.set("variables", JSON.stringify(given.variables));
  const source = new EventSource(link);
  source.addEventListener("next", ({ data, lastEventId }) =>
    tell("events", { id: lastEventId, ...JSON.parse(data) }),
  );
  source.addEventListener("complete", () => {
    source.close();
    tell("events", "complete");
  });
  source.addEventListener("error", () =>
    tell("events", source.readyState === EventSource.CLOSED ? "closed" : "lost"),
  );
}

// A WebSocket does not come back by itself: the page opens another, after what it saw last.
function watchSocket(variables) {
  const socket = new WebSocket(given.url.replace("http", "ws"), "graphql-transport-ws");
  const say = (message) => socket.send(JSON.stringify(message));
  const payload = () => ({ query: given.watched, variables });
  let opened = false;
  socket.onopen = () => say({ type: "connection_init" });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "connection_ack") say({ id: "1", type: "subscribe", payload: payload() });
    else if (message.type === "ping") say({ type: "pong" });
    else if (message.type === "next") {
      opened = true;
      variables = { ...variables, after: message.payload.extensions.position };
      tell("socket", message.payload);
    } else tell("socket", message);
  };
  socket.onclose = () => {
    tell("socket", opened ? "lost" : "closed");
    setTimeout(() => watchSocket(variables), 200);
  };
}

if (given.asked) await ask();
watchEvents();
watchSocket(given.variables);
