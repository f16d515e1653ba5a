import type { BridgeTopic } from "#domain/site/site.ts";

/** Topics as a person types them, one a line: by what they are at the side that they come from. */
export function topicLines(topics: readonly BridgeTopic[], side: "local" | "remote"): string {
  return topics.map((topic) => topic[side]).join("\n");
}

/** The typed topics; one that was there before keeps what is not shown: its other name and its QoS. */
export function topicsIn(
  text: string,
  before: readonly BridgeTopic[],
  side: "local" | "remote",
): readonly BridgeTopic[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map(
      (line) =>
        before.find((topic) => topic[side] === line) ?? { local: "", remote: "", qos: 1, [side]: line },
    );
}
