import { expect, test } from "vitest";
import { nodeCounts, parseMetrics } from "#domain/gateway/metrics.ts";

const text = `# HELP tag_reads_total Total number of tag reads
# TYPE tag_reads_total counter
tag_reads_total{node="line \\"1\\""} 420
tag_read_errors_total{node="line \\"1\\""} 7
group_last_error_code{node="line \\"1\\"",group="slow"} 3015
group_last_error_timestamp_ms{node="line \\"1\\"",group="slow"} 1790000000000
group_last_error_code{node="line \\"1\\"",group="fast"} 3002
group_last_error_timestamp_ms{node="line \\"1\\"",group="fast"} 1790000005000
group_last_error_code{node="line \\"1\\"",group="good"} 0
cached_msgs{node="uplink"} 12
send_msgs_total{node="uplink"} 1.5e3
os_info{version="6.1"} 1
torn{node="uplink
`;

test("metrics become counters of each node, with the newest error first", () => {
  expect(nodeCounts(parseMetrics(text))).toEqual([
    {
      node: 'line "1"',
      reads: 420,
      readErrors: 7,
      sent: null,
      sendErrors: null,
      cached: null,
      disconnections: null,
      errors: [
        { group: "fast", error: 3002, at: 1_790_000_005_000 },
        { group: "slow", error: 3015, at: 1_790_000_000_000 },
      ],
    },
    {
      node: "uplink",
      reads: null,
      readErrors: null,
      sent: 1500,
      sendErrors: null,
      cached: 12,
      disconnections: null,
      errors: [],
    },
  ]);
});

test("what is no metrics at all is none", () => {
  expect(parseMetrics("<html>not found</html>\n{}\n")).toEqual([]);
});
