import { AsyncByteQueue, RecordBatchFileWriter } from "apache-arrow";
import { type ChunkSource, recordBatches } from "../arrow.ts";

/** Rows of a batch: readers take one at a time. */
const BATCH = 122_880;

/** A result as an Arrow IPC file (Feather 2), written batch by batch. */
export async function* arrowFile(result: ChunkSource): AsyncGenerator<Uint8Array> {
  const written = new Collector();
  const writer = new RecordBatchFileWriter();
  let begun = false;
  for await (const batch of recordBatches(result, BATCH)) {
    if (!begun) writer.reset(written, batch.schema);
    begun = true;
    writer.write(batch);
    yield* written.take();
  }
  writer.finish();
  yield* written.take();
}

/** Keeps what is written until it is taken, so that no more than a batch waits. */
class Collector extends AsyncByteQueue {
  private pieces: Uint8Array[] = [];

  // The writer hands typed arrays of any kind, as views of bytes.
  override write(piece: ArrayBufferView): void {
    this.pieces.push(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
  }

  take(): Uint8Array[] {
    const pieces = this.pieces;
    this.pieces = [];
    return pieces;
  }
}
