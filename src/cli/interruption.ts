/** How long clean-up may take before the process ends all the same, in milliseconds. */
const PATIENCE = 1_000;

const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What must be tidied when the user stops the process: unfinished files, a browser. */
export class Interruption {
  readonly #cleanups = new Set<() => void | Promise<void>>();
  #ending = false;
  #broken = false;

  /** Registers a clean-up; the function returned takes it back. */
  add(cleanup: () => void | Promise<void>): () => void {
    this.#cleanups.add(cleanup);
    return () => void this.#cleanups.delete(cleanup);
  }

  /**
   * From now on Ctrl-C and the like tidy up and end the process, with 128 + the signal's number as POSIX has it.
   *
   * @param onBroken told when nothing can be written to stdout or stderr any more, before the process ends with 1
   */
  listen(onBroken: (error: Error) => Promise<void>): void {
    for (const [signal, status] of Object.entries(statuses)) process.on(signal, () => void this.end(status));
    // The reader of a pipe had enough (`| head`): stop as other tools do, but without a word and without blame. A full
    // disk under `> answer.csv` is told.
    for (const stream of [process.stdout, process.stderr])
      stream.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "EPIPE") return void this.end(0);
        if (!this.#broken)
          void onBroken(error)
            .catch(() => {})
            .then(() => this.end(1));
        this.#broken = true;
      });
  }

  /** Tidies up and ends the process; a second signal while that goes on changes nothing. */
  async end(status: number): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    const tidy = Promise.allSettled([...this.#cleanups].map(async cleanup => cleanup()));
    await Promise.race([tidy, new Promise(done => setTimeout(done, PATIENCE).unref())]);
    process.exit(status);
  }
}
