import { Listeners } from "#adapters/listeners.ts";
import type { BytePipe } from "#capabilities/line.ts";
import { AsciiReader, asciiFrame } from "#domain/modbus/asciiFrame.ts";

/**
 * A pipe whose wire speaks Modbus ASCII, seen as one that speaks RTU: frames written are spelled out, and what comes
 * is handed on byte by byte as RTU, with the CRC that says the same as the checksum that came.
 */
export function asciiPipe(pipe: BytePipe): BytePipe {
  const reader = new AsciiReader();
  const bytes = new Listeners<[Uint8Array, number]>();
  pipe.onBytes((characters, atMs) => {
    const read = reader.take(characters);
    if (read.length > 0) bytes.tell(read, atMs);
  });
  return {
    write(frame) {
      // Half a frame from before cannot be the beginning of the answer to this one.
      reader.reset();
      return pipe.write(asciiFrame(frame));
    },
    onBytes: (listener) => bytes.add(listener),
    onClose: (listener) => pipe.onClose(listener),
    close: () => pipe.close(),
  };
}
