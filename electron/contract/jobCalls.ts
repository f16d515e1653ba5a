import { z } from "zod";
import { programs } from "#domain/gateway/program.ts";
import { advicePaths } from "./adviceViews.ts";
import { call, nothing } from "./callShape.ts";
import { reportInput } from "./reportViews.ts";
import { standInChoice } from "./standInViews.ts";

const jobStarted = z.strictObject({ jobId: z.string() });

/** The calls that start long work and answer with its id; the topic `jobs` tells the rest. */
export const jobCalls = {
  "job.scan": call(
    z.strictObject({
      line: z.string(),
      from: z.int().min(1).max(247),
      to: z.int().min(1).max(247),
      /** the id of a scan of this line that was stopped: goes on where it ended, in its range, with what it found */
      continues: z.string().exactOptional(),
    }),
    jobStarted,
  ),
  /** looks for hosts that speak Modbus TCP in a range, `192.168.1.0/24` or `192.168.1.10-192.168.1.60` */
  "job.network": call(
    z.strictObject({
      range: z.string().max(64),
      port: z.int().min(1).max(65_535),
      /** hosts asked a second at most */
      perSecond: z.int().min(1).max(200),
    }),
    jobStarted,
  ),
  /** looks for gateways in a range, by asking their usual ports and by who announces itself there */
  "job.gateways": call(
    z.strictObject({ range: z.string().max(64), perSecond: z.int().min(1).max(200) }),
    jobStarted,
  ),
  /** finds baud rate, parity and stop bits: by listening where somebody talks, else by asking */
  "job.detect": call(z.strictObject({ line: z.string() }), jobStarted),
  /** certifies these units one after another; each is watched for `soakMinutes` more, where that is asked for */
  "job.quality": call(
    z.strictObject({
      line: z.string(),
      units: z.array(z.int().min(1).max(247)).min(1).max(247),
      soakMinutes: z.int().min(0).max(1440),
    }),
    jobStarted,
  ),
  /**
   * reads the registers around an address and finds which type, order, offset and scale show what the device shows.
   * `expect` is empty when a second read follows only to see what has changed; `after` is the job of the read before
   */
  "job.resolve": call(
    z.strictObject({
      line: z.string(),
      unit: z.int().min(1).max(247),
      area: z.enum(["input", "holding"]),
      offset: z.int().min(0).max(65_535),
      expect: z.string().max(127),
      tolerance: z.number().min(0).nullable(),
      after: z.string().nullable(),
    }),
    jobStarted,
  ),
  /** writes one tag after a person confirmed it: read before, write, read back; `value` as the person typed it */
  "job.write": call(z.strictObject({ tag: z.string(), value: z.string().max(200) }), jobStarted),
  /** the same through the gateway, counted as done only when its value came back */
  "job.writeThrough": call(z.strictObject({ tag: z.string(), value: z.string().max(200) }), jobStarted),
  /**
   * proves one still tag by a change: writes `value` and puts back what was there whatever happens, or waits for a
   * change at the device
   */
  "job.stimulus": call(
    z.strictObject({
      tag: z.string(),
      way: z.enum(["write", "device"]),
      value: z.string().max(200).nullable(),
    }),
    jobStarted,
  ),
  /** asks the gateway for a tag over MQTT, and has it written that way where `value` is given */
  "job.downlink": call(
    z.strictObject({ tag: z.string(), value: z.string().max(200).nullable() }),
    jobStarted,
  ),
  /** shows what the broker sends on these topics in the wire's table; all of the site's where none is named */
  "job.watch": call(
    z.strictObject({
      filters: z.array(z.string().max(512)).max(20),
      seconds: z.int().min(1).max(3600),
      /** places in JSON and CBOR payloads that are wanted; none: all */
      paths: z.array(z.string().max(512)).max(50),
    }),
    jobStarted,
  ),
  "job.snapshot": call(nothing, jobStarted),
  "job.apply": call(nothing, jobStarted),
  /** puts back what ran on the gateway before the last change; shown as a job of kind `apply` */
  "job.rollback": call(nothing, jobStarted),
  /** keeps, changes or puts back what a program beside Neuron runs */
  "job.program": call(
    z.strictObject({ program: z.enum(programs), action: z.enum(["snapshot", "apply", "rollback"]) }),
    jobStarted,
  ),
  "job.uplink": call(nothing, jobStarted),
  /** polls the lines and publishes in the gateway's place, through a queue on the disk, until it is cancelled */
  "job.standin": call(standInChoice, jobStarted),
  /** which keep-alive a path needs, and what a day costs; `upToSeconds` counts for the site's own path alone */
  "job.advice": call(
    z.strictObject({
      path: z.enum(advicePaths),
      upToSeconds: z.int().min(15).max(3600),
      latestSeconds: z.int().min(0).max(3600),
    }),
    jobStarted,
  ),
  "job.verify": call(nothing, jobStarted),
  /** an outage on purpose: `by` the proxy that is put between, or a person's `hand` at the cable */
  "job.drill": call(
    z.strictObject({
      by: z.enum(["proxy", "hand"]),
      how: z.enum(["reset", "silence"]),
      holdSeconds: z.int().min(2).max(7200),
    }),
    jobStarted,
  ),
  "job.bundle": call(nothing, jobStarted),
  /** the open site as a template, base64 of a table of sites (CSV), and a folder that is not there yet (a name alone: beside the open site); `issuedAt` UTC */
  "job.clone": call(
    z.strictObject({
      uploadId: z.string(),
      folder: z.string().min(1).max(4096),
      issuedAt: z.iso.datetime({ precision: 3 }).exactOptional(),
    }),
    jobStarted,
  ),
  /** makes the signed report, or a rendering of it, to be downloaded */
  "job.report": call(reportInput, jobStarted),
  "job.cancel": call(z.strictObject({ jobId: z.string() }), nothing),
} as const;
