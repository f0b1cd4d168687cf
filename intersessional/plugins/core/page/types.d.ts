/** Types of the page's modules: compilers and editors read them, browsers do not. */

/** A comment that was written and is not recorded. */
interface PendingComment {
  commandId: string;
  /** What tells the form in which it was written from others. */
  form: string;
  action: string;
  fields: [string, string][];
  /** A participant's id. */
  writer: string | null;
  state: "writing" | "waiting" | "signed-out" | "refused";
  /** Another one after each change. */
  stamp: string;
  writtenAt: number;
  /** Its place in the order of sending; 0 before. */
  order: number;
  refusal: Record<string, any> | null;
}

/** What became of a comment that was sent. */
type Outcome =
  | { kind: "recorded"; payload: Record<string, any> }
  | { kind: "refused"; refusal: Record<string, any> }
  | { kind: "signed-out" }
  | { kind: "later"; waitMs?: number };

/** The fields of the fragment CommentFields. */
interface RecordedComment {
  id: string;
  [field: string]: any;
}

/** A place in the plain text of a paragraph, in code points. */
interface Place {
  start: number;
  end: number;
}

/** Words of a paragraph. */
interface Passage extends Place {
  block: string;
  quote: string;
  /** Where they stand in the latest revision; null where they stand there no more. */
  now?: Place | null;
}

/** A subscription, by the hash of its document. */
interface Operation {
  hash: string;
  variables: Record<string, unknown>;
}

interface GraphQLError {
  message?: string;
  extensions?: Record<string, any>;
}

/** What a subscription does after errors. */
interface Step {
  /** Another cursor to continue after. */
  after?: string;
  /** Without it, it goes on after a backoff. */
  waitMs?: number;
  isRecordChanged?: boolean;
  isOver?: boolean;
}

/** Hears of a connection. */
interface Listener {
  onOpen(): void;
  onClose(wasOpen: boolean): void;
  onRecordChanged(after: string): void;
  onNext(data: Record<string, any>, position: number): void;
}
