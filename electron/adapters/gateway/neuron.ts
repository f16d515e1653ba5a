import type { GatewaySession, Gateways } from "#capabilities/gatewayApi.ts";
import { hasFault } from "#domain/fault.ts";
import { configSchema } from "#domain/gateway/configSchema.ts";
import { abilitiesOf } from "#domain/gateway/dialect.ts";
import { printExactJson } from "#domain/gateway/exactJson.ts";
import { parseMetrics } from "#domain/gateway/metrics.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { ProblemError } from "#domain/problem.ts";
import { anything, NeuronAccess } from "./neuronAccess.ts";
import { callOf } from "./neuronChanges.ts";
import { configByParts } from "./neuronParts.ts";
import {
  pluginsReply,
  readReply,
  statesReply,
  testReply,
  unitsReply,
  versionReply,
} from "./neuronReplies.ts";

export interface NeuronLimits {
  /** ms for one exchange */
  readonly answerMs: number;
  /** ms for a whole configuration or a change of it; half a second per 5,000 tags was measured on a fast machine */
  readonly configMs: number;
}

const usualLimits: NeuronLimits = { answerMs: 10_000, configMs: 60_000 };

/** Gateways with Neuron 2.x or NeuronEX 3.x. Reasons of gateway.unreachable are those of httpCall. */
export function neuronGateways(limits: NeuronLimits = usualLimits): Gateways {
  return {
    async signIn(to, user, password, signal) {
      const way = typeof to === "string" ? { url: to } : to;
      const access = new NeuronAccess(
        { ...way, url: originOf(way.url) },
        { user, password },
        limits.answerMs,
      );
      const { token, at } = await access.signIn(signal);
      const { version } = await access.call({ method: "GET", path: "/version", reply: versionReply }, signal);
      // The token has whole seconds, cut off: so is our side of the difference.
      const skewMs = (token.issuedAt - Math.floor(at / 1000)) * 1000;
      return sessionOver(access, { product: access.product, version, skewMs }, limits);
    },
  };
}

type Greeting = Pick<GatewaySession, "product" | "version" | "skewMs">;

function sessionOver(access: NeuronAccess, greeting: Greeting, limits: NeuronLimits): GatewaySession {
  const { exportsWhole } = abilitiesOf(access.product, greeting.version);

  /** The export leaves every tag's engineering unit empty (measured on 2.15.1), so the units are asked for apart. */
  async function config(signal: AbortSignal): Promise<NeuronConfig> {
    if (!exportsWhole) return configByParts(access, signal);
    const call = {
      method: "GET",
      path: "/global/config",
      reply: configSchema,
      limitMs: limits.configMs,
    } as const;
    const exported = await access.call(call, signal);
    const tags = [];
    for (const group of exported.tags) {
      const query = new URLSearchParams({ node: group.driver, group: group.group });
      const whole = await access.call({ method: "GET", path: `/tags?${query}`, reply: unitsReply }, signal);
      const units = new Map(whole.tags.map((tag) => [tag.name, tag.unit]));
      tags.push({
        ...group,
        tags: group.tags.map((tag) => ({ ...tag, unit: tag.unit || (units.get(tag.name) ?? "") })),
      });
    }
    return { ...exported, tags };
  }

  return {
    ...greeting,
    url: access.origin,
    get defaultPassword() {
      return access.hasDefaultPassword;
    },
    config,
    async plugins(signal) {
      const reply = await access.call({ method: "GET", path: "/plugin", reply: pluginsReply }, signal);
      return reply.plugins.map((plugin) => plugin.name);
    },
    async states(signal) {
      const reply = await access.call({ method: "GET", path: "/node/state", reply: statesReply }, signal);
      return reply.states;
    },
    async change(change, signal) {
      await access.call({ ...callOf(change), reply: anything, limitMs: limits.configMs }, signal);
    },
    setPassword: (password, signal) => access.setPassword(password, signal),
    async write(write, signal) {
      const body = printExactJson(write);
      await access.call({ method: "POST", path: "/write", body, reply: anything }, signal);
    },
    async test(driver, group, { name, ...tag }, signal) {
      const { type, address, attribute, precision, decimal, bias } = tag;
      const asked = { driver, group, tag: name, type, address, attribute, precision, decimal, bias };
      const call = {
        method: "POST",
        path: "/read/test",
        body: printExactJson(asked),
        reply: testReply,
      } as const;
      return { name, ...(await access.call(call, signal)) };
    },
    async metrics(signal) {
      try {
        const [drivers, apps] = [
          await access.text("/metrics?category=driver", signal),
          await access.text("/metrics?category=app", signal),
        ];
        return parseMetrics(`${drivers}\n${apps}`);
      } catch (error) {
        const isUnknown = hasFault(error, "gateway.refused") && error.fault.status === 404;
        if (isUnknown) return [];
        throw error;
      }
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
