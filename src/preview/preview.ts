import { PreviewServer } from "./server.ts";
import { watchFolders } from "./watch-files.ts";

export interface PreviewOptions {
  /** 0 for any that is free. */
  port: number;
  /** Watched with all that is below them. */
  folders: readonly string[];
  /** Whether a path that changed has to do with the page. */
  concerns(path: string): boolean;
  /**
   * Makes the page anew.
   * @param changed paths; empty for the first page
   */
  render(changed: ReadonlySet<string>): Promise<string>;
  /** Ends the render under way, whose result nobody wants any more. */
  interrupt(): void;
  /** An error in words. */
  describe(error: unknown): string;
}

export interface Preview {
  url: string;
  /** Ends server and watching. */
  close(): Promise<void>;
}

/** Serves a page that is made anew whenever a file it is made from changes; of many changes meanwhile only the last counts. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const server = await PreviewServer.start(options.port);
  let waiting: Set<string> | null = new Set();
  let isRunning = false;

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (waiting) {
      const changed: ReadonlySet<string> = waiting;
      waiting = null;
      try {
        const html = await options.render(changed);
        if (!waiting) server.show(html);
      } catch (error) {
        if (!waiting) server.fail(options.describe(error));
        // What changed for a page that was not made has still changed.
        else for (const path of changed) (waiting as Set<string>).add(path);
      }
    }
    isRunning = false;
  };
  const stop = watchFolders(options.folders, paths => {
    const concerned = [...paths].filter(path => options.concerns(path));
    if (concerned.length === 0) return;
    waiting = new Set([...(waiting ?? []), ...concerned]);
    if (isRunning) options.interrupt();
    void run();
  });
  await run();
  return {
    url: server.url,
    async close() {
      stop();
      await server.close();
    },
  };
}
