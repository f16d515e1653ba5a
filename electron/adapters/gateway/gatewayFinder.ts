import { z } from "zod";
import type { FoundGateway, GatewayFinder } from "#capabilities/gatewayFinder.ts";
import { FaultError } from "#domain/fault.ts";
import { parseExactJson } from "#domain/gateway/exactJson.ts";
import { type HttpCall, type HttpReply, httpCall } from "./httpCall.ts";

type Question = Pick<HttpCall, "method" | "path"> & {
  readonly kind: FoundGateway["kind"];
  readonly port: number;
  /** the version, or undefined for another program */
  readonly versionIn: (status: number, json: unknown) => string | undefined;
};

/** Answered without a password, and by nobody else in this way. */
const usualQuestions: readonly Question[] = [
  {
    kind: "Neuron",
    port: 7000,
    method: "POST",
    path: "/api/v2/ping",
    versionIn: (status, json) =>
      status === 200 && z.strictObject({}).safeParse(json).success ? "" : undefined,
  },
  {
    kind: "NeuronEX",
    port: 8085,
    method: "GET",
    path: "/api/version",
    versionIn: (status, json) => (status === 200 ? versioned.safeParse(json).data?.version : undefined),
  },
  {
    kind: "eKuiper",
    port: 9081,
    method: "GET",
    path: "/",
    versionIn: (_, json) => uptimed.safeParse(json).data?.version,
  },
  {
    kind: "NanoMQ",
    port: 8081,
    method: "GET",
    path: "/api/v4/brokers",
    // 104 and 103: nobody is signed in, or with another password.
    versionIn: (_, json) => (coded.safeParse(json).success ? "" : undefined),
  },
];

const versioned = z.looseObject({ version: z.string() });
const uptimed = z.looseObject({ version: z.string(), upTimeSeconds: z.number() });
const coded = z.looseObject({ code: z.union([z.literal(0), z.literal(103), z.literal(104)]) });

/** An answer in a local network takes milliseconds; a host that is not there says nothing. */
const answerMs = 700;

/** @param ports other ports than the usual ones, by kind */
export function gatewayFinder(ports: Partial<Record<FoundGateway["kind"], number>> = {}): GatewayFinder {
  async function put(
    question: Question,
    host: string,
    signal: AbortSignal,
  ): Promise<FoundGateway | undefined> {
    const { kind, method, path } = question;
    const origin = `http://${host}:${ports[kind] ?? question.port}`;
    const call = { origin, method, path, limitMs: answerMs };
    const asked = performance.now();
    const reply = await httpCall(call, signal).catch((error): HttpReply | undefined => {
      if (error instanceof FaultError) return undefined;
      throw error;
    });
    const latencyMs = performance.now() - asked;
    const json = reply && parseExactJson(reply.text);
    const version = json?.ok && reply ? question.versionIn(reply.status, json.value) : undefined;
    return version === undefined ? undefined : { kind, url: origin, version, latencyMs };
  }

  return {
    async ask(host, signal) {
      // Many hosts are asked at once under one signal, which each would burden with four listeners.
      const own = AbortSignal.any([signal]);
      const found = await Promise.all(usualQuestions.map((question) => put(question, host, own)));
      return found.filter((one) => one !== undefined);
    },
  };
}
