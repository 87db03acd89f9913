import { rmSync } from "node:fs";

/** Runs the work; these files or folders are removed when it ends, or when the process does before (Ctrl-C). */
export async function withTemporary<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
  const remove = () => {
    for (const path of paths) rmSync(path, { recursive: true, force: true });
  };
  const removeAtExit = () => {
    try {
      remove();
    } catch {
      // Windows removes no open file; of drafts the next load gets rid.
    }
  };
  process.on("exit", removeAtExit);
  try {
    return await work();
  } finally {
    process.off("exit", removeAtExit);
    remove();
  }
}
