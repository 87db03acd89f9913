import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type PreviewState, previewPage, scriptHashes, withoutPolicy } from "./page.ts";

const CLIENT = new URL("client.js", import.meta.url);

/**
 * Serves one page on this machine alone. Its address holds a secret, for other users of the machine; and it answers
 * only to its own name, so that no site can reach it by a name that resolves to 127.0.0.1.
 */
export class PreviewServer {
  private readonly server: Server;
  private readonly secret = randomBytes(16).toString("hex");
  private readonly listeners = new Set<ServerResponse>();
  private state: PreviewState = { html: "", version: 0, failure: "" };

  private constructor() {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  /** @param port 0 for any that is free */
  static async start(port: number): Promise<PreviewServer> {
    const preview = new PreviewServer();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    preview.server.once("error", reject);
    preview.server.listen(port, "127.0.0.1", resolve);
    await promise;
    return preview;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/${this.secret}/`;
  }

  /** A new good page. */
  show(html: string): void {
    const version = html === this.state.html ? this.state.version : this.state.version + 1;
    this.state = { html, version, failure: "" };
    this.tell();
  }

  /** What is wrong, over the last good page. */
  fail(failure: string): void {
    this.state = { ...this.state, failure };
    this.tell();
  }

  async close(): Promise<void> {
    for (const listener of this.listeners) listener.end();
    this.server.closeAllConnections();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.server.close(() => resolve());
    await promise;
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    const hosts = [`127.0.0.1:${this.port}`, `localhost:${this.port}`];
    const [, secret, name, ...more] = request.url?.split("/") ?? [];
    if (!hosts.includes(request.headers.host ?? "")) refuse(response, 403);
    else if (request.method !== "GET") refuse(response, 405);
    else if (secret !== this.secret || more.length > 0) refuse(response, 404);
    else if (name === "") this.servePage(response);
    else if (name === "client.js") serve(response, "text/javascript; charset=utf-8", readFileSync(CLIENT, "utf8"));
    else if (name === "events") this.listen(request, response);
    else if (name === "page") {
      response.setHeader("X-Version", String(this.state.version));
      serve(response, "text/html; charset=utf-8", withoutPolicy(this.state.html));
    } else refuse(response, 404);
  }

  private servePage(response: ServerResponse): void {
    const nonce = randomBytes(16).toString("base64");
    const scripts = [`'nonce-${nonce}'`, ...scriptHashes(this.state.html)].join(" ");
    response.setHeader(
      "Content-Security-Policy",
      `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${scripts}; connect-src 'self'; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    serve(response, "text/html; charset=utf-8", previewPage(this.state, nonce));
  }

  private listen(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`retry: 500\n${this.event()}`);
    this.listeners.add(response);
    request.on("close", () => this.listeners.delete(response));
  }

  private tell(): void {
    for (const listener of this.listeners) listener.write(this.event());
  }

  private event(): string {
    const { version, failure } = this.state;
    return `event: state\ndata: ${JSON.stringify({ version: String(version), failure })}\n\n`;
  }
}

function serve(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { "Content-Type": type });
  response.end(body);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "Content-Type": "text/plain" });
  response.end();
}
