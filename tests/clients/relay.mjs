// Relay: pages, a refetched node, mutations and a subscription, all read from its store.
import { randomUUID } from "node:crypto";
import { format } from "node:util";
import relay from "relay-runtime";
import * as draft from "./relay/draft.js";
import { ask, environment, sockets } from "./relay/environment.js";
import { given, print } from "./scenario.mjs";

const { ConnectionHandler, commitMutation, createOperationDescriptor, fetchQuery } = relay;
const { getRequest, getSingularSelector, requestSubscription } = relay;

// Relay warns here when a response contradicts its store.
const complaints = [];
console.error = console.warn = (...words) => complaints.push(format(...words));

const POST = `mutation ($input: PostCommentInput!) { postComment(input: $input) { __typename } }`;
const WITHDRAW = `mutation ($input: WithdrawCommentInput!) {
  withdrawComment(input: $input) { __typename }
}`;

const connections = [ConnectionHandler.getConnectionID(given.draft, "draft_comments")];

const shown = createOperationDescriptor(getRequest(draft.query), {
  draft: given.draft,
  other: given.other,
});
environment.retain(shown);

const page = () => environment.lookup(shown.fragment).data;
const look = (fragment, ref) => environment.lookup(getSingularSelector(fragment, ref)).data;
const paragraphs = (ref) => look(draft.paragraphs, ref).blocks.map(({ text }) => text);
const connection = () => look(draft.comments, page().draft).comments;
const comments = () => connection().edges.map(({ node }) => look(draft.comment, node));
const bodies = () => comments().map(({ body }) => body);
const load = (query, variables) => fetchQuery(environment, query, variables).toPromise();

const send = (mutation, input, more) =>
  new Promise((onCompleted, onError) => {
    const variables = { input: { commandId: randomUUID(), ...input }, ...more };
    commitMutation(environment, { mutation, variables, onCompleted, onError });
  });

const post = (body) => send(draft.post, { draft: given.draft, body }, { connections });

const until = (met) =>
  new Promise((resolve) => {
    const snapshot = environment.lookup(getSingularSelector(draft.comments, page().draft));
    const watching = environment.subscribe(snapshot, () => {
      if (!met()) return;
      watching.dispose();
      resolve();
    });
  });

// Another client, outside of Relay.
const elsewhere = (mutation, input) =>
  ask(mutation, { input: { commandId: randomUUID(), ...input } });

async function postElsewhere(body) {
  const appended = until(() => bodies().at(-1) === body);
  await elsewhere(POST, { draft: given.draft, body });
  await appended;
}

await load(draft.query, shown.request.variables);
const pages = [bodies()];
while (connection().pageInfo.hasNextPage) {
  const cursor = connection().pageInfo.endCursor;
  await load(draft.comments.metadata.refetch.operation, { id: given.draft, count: 2, cursor });
  pages.push(bodies());
}

const [first, second] = comments();
await elsewhere(WITHDRAW, { comment: first.id });
await load(draft.comment.metadata.refetch.operation, { id: first.id });
const refetched = comments()[0];

const refused = (await post("")).postComment;
const stale = (await send(draft.withdraw, { comment: second.id, expectedVersion: 9 })).withdrawComment;
const afterRefusals = comments()[1];
await send(draft.withdraw, { comment: second.id });
const withdrawn = comments()[1];

const watching = requestSubscription(environment, {
  subscription: draft.watch,
  variables: { draft: given.draft, after: page().headPosition, connections },
  onError: (error) => {
    throw error;
  },
});
await post("6");
await postElsewhere("7");
sockets.terminate();
await postElsewhere("8");
watching.dispose();

print({
  pages,
  comments: { first, refetched, second, afterRefusals, withdrawn },
  refusals: [refused, stale],
  watched: bodies(),
  paragraphs: [paragraphs(page().draft), paragraphs(page().other)],
  complaints,
});
await sockets.dispose();
