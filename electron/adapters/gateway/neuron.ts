import { z } from "zod";
import type { GatewaySession, Gateways } from "#capabilities/gatewayApi.ts";
import { printExactJson } from "#domain/gateway/exactJson.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { ProblemError } from "#domain/problem.ts";
import { NeuronAccess } from "./neuronAccess.ts";
import {
  configReply,
  pluginsReply,
  readReply,
  statesReply,
  tagsReply,
  versionReply,
} from "./neuronReplies.ts";

export interface NeuronLimits {
  /** ms for one exchange */
  readonly answerMs: number;
  /** ms for taking a whole configuration; half a second per 5,000 tags was measured on a fast machine */
  readonly configMs: number;
}

const usualLimits: NeuronLimits = { answerMs: 10_000, configMs: 60_000 };

/** Commands answer `{"error":0}`, adding tags some more. */
const done = z.unknown();

/** Gateways with Neuron 2.x. Reasons of gateway.unreachable are those of httpCall. */
export function neuronGateways(limits: NeuronLimits = usualLimits): Gateways {
  return {
    async signIn(url, user, password, signal) {
      const access = new NeuronAccess(originOf(url), { user, password }, limits.answerMs);
      const { token, at } = await access.signIn(signal);
      const { version } = await access.call({ method: "GET", path: "/version", reply: versionReply }, signal);
      // The token has whole seconds, cut off: so is our side of the difference.
      const skewMs = (token.issuedAt - Math.floor(at / 1000)) * 1000;
      const defaultPassword = user === "admin" && password === "0000";
      return sessionOver(access, { version, skewMs, defaultPassword }, limits);
    },
  };
}

type Greeting = Pick<GatewaySession, "version" | "skewMs" | "defaultPassword">;

function sessionOver(access: NeuronAccess, greeting: Greeting, limits: NeuronLimits): GatewaySession {
  /** The export leaves every tag's engineering unit empty (measured on 2.15.1), so the units are asked for apart. */
  async function config(signal: AbortSignal): Promise<NeuronConfig> {
    const call = {
      method: "GET",
      path: "/global/config",
      reply: configReply,
      limitMs: limits.configMs,
    } as const;
    const exported = await access.call(call, signal);
    const tags = [];
    for (const group of exported.tags) {
      const query = new URLSearchParams({ node: group.driver, group: group.group });
      const whole = await access.call({ method: "GET", path: `/tags?${query}`, reply: tagsReply }, signal);
      const units = new Map(whole.tags.map((tag) => [tag.name, tag.unit]));
      tags.push({
        ...group,
        tags: group.tags.map((tag) => ({ ...tag, unit: tag.unit || (units.get(tag.name) ?? "") })),
      });
    }
    return { ...exported, tags };
  }

  async function deleteNode(node: string, signal: AbortSignal): Promise<void> {
    await access.call(
      { method: "DELETE", path: "/node", body: JSON.stringify({ name: node }), reply: done },
      signal,
    );
  }

  return {
    ...greeting,
    url: access.origin,
    config,
    deleteNode,
    async plugins(signal) {
      const reply = await access.call({ method: "GET", path: "/plugin", reply: pluginsReply }, signal);
      return reply.plugins.map((plugin) => plugin.name);
    },
    async states(signal) {
      const reply = await access.call({ method: "GET", path: "/node/state", reply: statesReply }, signal);
      return reply.states;
    },
    async putConfig(wanted, signal) {
      // The import refuses empty arrays with 1002 and changes nothing.
      if (wanted.nodes.length === 0) {
        for (const { name } of (await config(signal)).nodes) await deleteNode(name, signal);
        return;
      }
      const body = printExactJson(wanted);
      await access.call(
        { method: "PUT", path: "/global/config", body, reply: done, limitMs: limits.configMs },
        signal,
      );
    },
    async read(node, group, signal) {
      const body = JSON.stringify({ node, group });
      const reply = await access.call({ method: "POST", path: "/read", body, reply: readReply }, signal);
      return reply.tags;
    },
  };
}

/** Whatever page of the gateway was copied from the browser, its API is at the root. */
function originOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:")
    throw new ProblemError({ code: "gateway.urlInvalid", text: url });
  return parsed.origin;
}
