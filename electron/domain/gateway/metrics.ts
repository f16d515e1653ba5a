/** One number that a gateway counts, in the text format of Prometheus. */
export interface GatewayMetric {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sample = /^([A-Za-z_:][\w:]*)(?:\{([^}]*)\})?\s+(-?[0-9.eE+-]+)/;
const label = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads metrics line by line; what is none is passed over. */
export function parseMetrics(text: string): readonly GatewayMetric[] {
  return text.split("\n").flatMap((line) => {
    const [, name, given = "", number] = sample.exec(line.trim()) ?? [];
    const value = Number(number);
    if (name === undefined || !Number.isFinite(value)) return [];
    const labels = Object.fromEntries(
      [...given.matchAll(label)].map(([, key = "", quoted = ""]) => [key, unquoted(quoted)]),
    );
    return [{ name, labels, value }];
  });
}

/** What one node of a gateway did so far. */
export interface NodeCounts {
  readonly node: string;
  /** driver: tags read, and failed among them */
  readonly reads: number | null;
  readonly readErrors: number | null;
  /** app: messages sent, failed, and waiting for the broker */
  readonly sent: number | null;
  readonly sendErrors: number | null;
  readonly cached: number | null;
  /** connections lost in the last ten minutes */
  readonly disconnections: number | null;
  /** groups whose last error is known, the newest first; times by the gateway's clock, ms */
  readonly errors: readonly { readonly group: string; readonly error: number; readonly at: number }[];
}

/** The counters node by node. */
export function nodeCounts(metrics: readonly GatewayMetric[]): readonly NodeCounts[] {
  const nodes = [...new Set(metrics.flatMap(({ labels }) => labels.node ?? []))];
  return nodes.map((node) => {
    const own = metrics.filter(({ labels }) => labels.node === node);
    const one = (name: string) => own.find((metric) => metric.name === name)?.value ?? null;
    const codes = own.filter(({ name, value }) => name === "group_last_error_code" && value !== 0);
    const errors = codes.map(({ labels: { group = "" }, value: error }) => {
      const at = own.find(
        ({ name, labels }) => name === "group_last_error_timestamp_ms" && labels.group === group,
      );
      return { group, error, at: at?.value ?? 0 };
    });
    return {
      node,
      reads: one("tag_reads_total"),
      readErrors: one("tag_read_errors_total"),
      sent: one("send_msgs_total"),
      sendErrors: one("send_msg_errors_total"),
      cached: one("cached_msgs"),
      disconnections: one("last_600s_disconnections"),
      errors: errors.toSorted((a, b) => b.at - a.at),
    };
  });
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === "n" ? "\n" : character));
}
