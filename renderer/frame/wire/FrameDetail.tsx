import type { WireView } from "#contract/views.ts";
import { IconButton } from "../../parts/Button.tsx";
import { useWords, type Words } from "../../words/language.ts";
import { DecodedPayload } from "./DecodedPayload.tsx";
import { decodeFrame, type FramePart } from "./decodeFrame.ts";
import styles from "./WireDrawer.module.css";

/** One frame byte by byte, or a packet's payload. */
export function FrameDetail({ row, onClose }: { readonly row: WireView; readonly onClose: () => void }) {
  const { wire: words, parts } = useWords();
  const title = row.medium === "mqtt" ? words.payload : words.decoded;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <aside className={styles.detail} aria-label={title} tabIndex={0}>
      <div className={styles.detailHead}>
        <h3>{title}</h3>
        <IconButton icon="cross" label={parts.close} onClick={onClose} />
      </div>
      {row.medium === "mqtt" ? (
        <>
          <p className="mono">{row.line}</p>
          {row.decoded && <DecodedPayload decoded={row.decoded} />}
          <pre className="mono">{pretty(row.bytes)}</pre>
        </>
      ) : (
        <dl>
          {decodeFrame(row).map((part, at) => {
            const said = sayPart(part, words);
            return (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the frame
                key={at}
                className={part.kind === "crc" && part.expected !== null ? styles.error : undefined}
              >
                <dt className="mono">{part.bytes}</dt>
                <dd>
                  {said.name}
                  {said.value !== "" && <b>{said.value}</b>}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </aside>
  );
}

function sayPart(part: FramePart, words: Words["wire"]): { readonly name: string; readonly value: string } {
  switch (part.kind) {
    case "register":
      return { name: words.parts.register(part.at), value: String(part.value) };
    case "bits":
      return { name: words.parts.bits(part.from), value: part.value.toString(2).padStart(8, "0") };
    case "data":
      return { name: words.parts.data, value: "" };
    case "crc":
      return {
        name: part.expected === null ? words.parts.crcGood : words.parts.crcBad(part.expected),
        value: "",
      };
    case "function":
    case "exceptionFunction": {
      const code = part.value & 0x7f;
      return { name: words.parts[part.kind], value: `${code} ${words.functions[code] ?? ""}`.trim() };
    }
    default:
      return { name: words.parts[part.kind], value: String(part.value) };
  }
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 1);
  } catch {
    return payload;
  }
}
