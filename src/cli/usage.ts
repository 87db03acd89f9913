import { Failure } from "../failure.ts";

/** A failure of how the command was called: exit status 2 instead of 1. Throw it for an option's bad value. */
export class UsageError extends Failure {}
