// What a page of a draft asks for, as Relay's compiler reads it.
import { graphql } from "./artifacts.js";

export const query = graphql`
  query draftQuery($draft: ID!, $other: ID!) {
    headPosition
    draft(id: $draft) {
      ...draft_paragraphs
      ...draft_comments
    }
    other: draft(id: $other) {
      ...draft_paragraphs
    }
  }
`;

export const paragraphs = graphql`
  fragment draft_paragraphs on Draft {
    blocks {
      text
    }
  }
`;

export const comments = graphql`
  fragment draft_comments on Draft
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
  @refetchable(queryName: "draftPageQuery") {
    comments(first: $count, after: $cursor) @connection(key: "draft_comments") {
      edges {
        node {
          ...draft_comment
        }
      }
    }
  }
`;

export const comment = graphql`
  fragment draft_comment on Comment @refetchable(queryName: "draftCommentQuery") {
    __typename
    body
    withdrawn
    author {
      displayName
    }
  }
`;

export const post = graphql`
  mutation draftPostMutation($input: PostCommentInput!, $connections: [ID!]!) {
    postComment(input: $input) {
      __typename
      ... on CommentPosted {
        comment @appendNode(connections: $connections, edgeTypeName: "CommentEdge") {
          ...draft_comment
        }
      }
      ... on BadValue {
        field
      }
    }
  }
`;

export const withdraw = graphql`
  mutation draftWithdrawMutation($input: WithdrawCommentInput!) {
    withdrawComment(input: $input) {
      __typename
      ... on CommentWithdrawn {
        comment {
          ...draft_comment
        }
      }
      ... on StaleVersion {
        expected
        actual
      }
    }
  }
`;

export const watch = graphql`
  subscription draftSubscription($draft: ID!, $after: Position, $connections: [ID!]!) {
    commentEvents(draft: $draft, after: $after) {
      node @appendNode(connections: $connections, edgeTypeName: "CommentEdge") {
        ...draft_comment
      }
    }
  }
`;
