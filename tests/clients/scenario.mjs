// What each client does: a query, a mutation that is refused, and a subscription that is ended
// and continued, three times. What it received is printed as JSON, for the test to check.
import { randomUUID } from "node:crypto";

export const given = JSON.parse(process.argv[2]);

export const authorization = `Bearer ${given.token}`;

const DRAFT = `query Draft($draft: ID!) { headPosition draft(id: $draft) { title } }`;

const POST = `mutation Post($input: PostCommentInput!) {
  postComment(input: $input) {
    __typename
    ... on BadValue { code }
    ... on CommentPosted { position }
  }
}`;

export const COMMENTS = `subscription Comments($draft: ID!, $after: Position) {
  commentEvents(draft: $draft, after: $after) { position node { body } }
}`;

// `ask` answers a result, `watch` an async iterable of results that ends when it is left; `more` adds
// to the printed result.
export async function play({ ask, watch, more = () => ({}) }) {
  const post = (body) =>
    ask(POST, { input: { commandId: randomUUID(), draft: given.draft, body } });

  const query = await ask(DRAFT, { draft: given.draft });
  const refused = await post("");
  const seen = [];
  let after = query.data.headPosition;
  async function watchUntil(last) {
    for await (const result of watch(COMMENTS, { draft: given.draft, after })) {
      const { position, node } = result.data.commentEvents;
      after = position;
      seen.push(node.body);
      if (node.body === last) break;
    }
  }
  for (const round of [1, 2, 3]) {
    const watching = watchUntil(`${round} live`);
    await post(`${round} live`);
    await watching;
    await post(`${round} away`);
  }
  await watchUntil("3 away");
  print({ query: query.data.draft, refused: refused.data.postComment, seen, ...more() });
}

export function print(result) {
  console.log(JSON.stringify(result));
}

// Turns an observer into an iterable: results wait in a queue until they are taken.
export async function* iterate(subscribe) {
  const waiting = [];
  let wake = () => {};
  const put = (one) => {
    waiting.push(one);
    wake();
  };
  const leave = subscribe({
    next: (result) => put({ result }),
    error: (error) => put({ error }),
    complete: () => put({ complete: true }),
  });
  try {
    for (;;) {
      while (waiting.length) {
        const { result, error, complete } = waiting.shift();
        if (error) throw error;
        if (complete) return;
        yield result;
      }
      await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    leave();
  }
}

export async function first(results) {
  for await (const result of results) return result;
  throw new Error("there was no result");
}
