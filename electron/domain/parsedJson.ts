/** The value of a JSON text; undefined for anything else. Where the reason matters, see parseSite. */
export function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
