import type { BytePipe } from "#capabilities/line.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { error } from "../refusal.ts";
import type { MasterLink, Outcome } from "./masterLink.ts";

/**
 * Modbus RTU as the measured gateway does it: it waits for as many bytes as it expects and believes them whatever
 * the checksum says. An exception, being shorter, is waited out and counts as no answer.
 *
 * @param openPipe the port, or undefined where there is none
 */
export function openRtuLink(openPipe: () => Promise<BytePipe | undefined>, timeoutMs: number): MasterLink {
  const counts = { sent: 0, received: 0 };
  let pipe: BytePipe | undefined;
  let received: number[] = [];
  let look: (() => void) | undefined;

  return {
    counts,
    get connected() {
      return pipe !== undefined;
    },
    async open() {
      if (pipe !== undefined) return true;
      const opened = await openPipe();
      opened?.onBytes((bytes) => {
        counts.received += bytes.length;
        received.push(...bytes);
        look?.();
      });
      opened?.onClose(() => {
        pipe = undefined;
      });
      pipe = opened;
      return opened !== undefined;
    },
    async exchange(unit, pdu, replyBytes): Promise<Outcome> {
      if (pipe === undefined) return { error: error.disconnected };
      received = [];
      counts.sent += pdu.length + 3;
      try {
        await pipe.write(rtuFrame(unit, pdu));
      } catch {
        // The port was closed between two requests.
        return { error: error.disconnected };
      }
      return new Promise((done) => {
        const silence = setTimeout(() => finish({ error: error.noAnswer }), timeoutMs);
        const finish = (outcome: Outcome) => {
          clearTimeout(silence);
          look = undefined;
          done(outcome);
        };
        look = () => {
          if (received.length < replyBytes + 3) return;
          const [from, code] = received;
          if (from !== unit || code !== pdu[0]) finish({ error: error.protocol });
          else finish({ pdu: Uint8Array.from(received.slice(1, 1 + replyBytes)) });
        };
        look();
      });
    },
    close() {
      void pipe?.close();
      pipe = undefined;
    },
  };
}
