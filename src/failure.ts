/** Where a failure stands in something the user wrote or gave. Lines and columns count from 1. */
export interface FailurePlace {
  file?: string;
  line?: number;
  column?: number;
  /** The source line, to be shown with a caret under the column. */
  text?: string;
  /** What in the file it is, e.g. `item 15`, `cell 年度`. */
  part?: string;
}

/**
 * An error that the person at the keyboard can do something about. It carries a code and values, no text: the command
 * line looks the text up in the message catalogue of the user's language and prints what, where, what to do.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  /** A code of the message catalogue (data/messages/*.json, key `errors`); test/messages/messages.test.ts holds the two together. */
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly place: FailurePlace;

  constructor(
    code: string,
    params: Readonly<Record<string, string | number>> = {},
    place: FailurePlace = {},
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.code = code;
    this.params = params;
    this.place = place;
  }
}

/** Several failures found in one pass, so that the user mends them all at once. */
export class Failures extends Error {
  override readonly name = "Failures";
  readonly all: readonly Failure[];

  constructor(all: readonly Failure[]) {
    super(all.map(failure => failure.message).join("\n"));
    this.all = all;
  }
}

/**
 * The failures an error stands for, so that what follows can be looked at before all are told of at once.
 * @throws the error itself if it is none of ours
 */
export function failuresIn(error: unknown): readonly Failure[] {
  if (error instanceof Failure) return [error];
  if (error instanceof Failures) return error.all;
  throw error;
}
