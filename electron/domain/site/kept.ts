import { z } from "zod";

/**
 * What was found on a gateway and what nothing else in a site can say. It goes back as it was found, for as long as
 * the site says what it said then: a field that a person changes wins. Never secrets.
 *
 * Nodes are named by the id of their line, and by `uplink` for the one that publishes.
 */
export const keptSchema = z.strictObject({
  /** the name of the node that publishes, where it is not `uplink` */
  uplinkNode: z.string().min(1).max(127).exactOptional(),
  /** labels of nodes */
  labels: z.array(z.strictObject({ node: z.string(), labels: z.string() })).readonly(),
  /** a setting's value; null: it was not there. `instead` is what the site itself says there */
  settings: z
    .array(z.strictObject({ node: z.string(), name: z.string(), value: z.unknown(), instead: z.unknown() }))
    .readonly(),
  /** groups without a tag of the site's */
  groups: z.array(z.strictObject({ line: z.string(), name: z.string(), intervalMs: z.number() })).readonly(),
  /** tags in the gateway's own words */
  tags: z
    .array(
      z.strictObject({
        line: z.string(),
        group: z.string(),
        tag: z.looseObject({
          type: z.number(),
          name: z.string(),
          attribute: z.number(),
          precision: z.number(),
          decimal: z.number(),
          bias: z.number(),
          address: z.string(),
          description: z.string(),
          unit: z.string(),
        }),
      }),
    )
    .readonly(),
  /**
   * how groups are published, and under which topic; null: they are not. `instead` is the topic that the site gives
   * them
   */
  subscriptions: z
    .array(
      z.strictObject({
        line: z.string(),
        group: z.string(),
        instead: z.string(),
        topic: z.string(),
        as: z
          .strictObject({
            params: z.looseObject({ topic: z.string().exactOptional() }).exactOptional(),
            static_tags: z.unknown().exactOptional(),
          })
          .nullable(),
      }),
    )
    .readonly(),
});

export type Kept = z.infer<typeof keptSchema>;

export const nothingKept: Kept = { labels: [], settings: [], groups: [], tags: [], subscriptions: [] };

/** Stands for the publishing node among the ids of lines. */
export const uplinkKey = "uplink";
