import { z } from "zod";
import type { GatewayWay } from "#capabilities/gatewayWay.ts";
import { type Fault, FaultError, hasFault } from "#domain/fault.ts";
import { type GatewayDialect, neuronDialect, neuronExDialect } from "#domain/gateway/dialect.ts";
import { parseExactJson } from "#domain/gateway/exactJson.ts";
import { type HttpCall, type HttpReply, httpCall } from "./httpCall.ts";
import { errorReply, loginReply } from "./neuronReplies.ts";
import { readToken, type Token } from "./token.ts";

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface NeuronCall<T> {
  readonly method: HttpCall["method"];
  /** behind the dialect's base */
  readonly path: string;
  readonly body?: string;
  readonly reply: z.ZodType<T>;
  readonly limitMs?: number;
}

export interface SignedIn {
  readonly token: Token;
  readonly at: number;
}

/** Commands answer `{"error":0}`, adding tags some more. */
export const anything = z.unknown();

/** A minute before its end, or a tenth of a short life: clocks and networks are slow. */
const renewalMs = (lifeMs: number) => lifeMs - Math.min(60_000, lifeMs / 10);

/**
 * Neuron's API behind its login. Signs in again before the token ends, and once more when the gateway forgot it.
 * The credentials stay in this object's memory.
 */
export class NeuronAccess {
  readonly origin: string;
  readonly #way: GatewayWay;
  #credentials: Credentials;
  readonly #limitMs: number;
  #dialect: GatewayDialect = neuronDialect;
  #token: Token | undefined;
  /** by our monotonic clock: the gateway's own may stand in 1970 */
  #renewAt = 0;

  /** @param way its `url` is an origin */
  constructor(way: GatewayWay, credentials: Credentials, limitMs: number) {
    this.origin = way.url;
    this.#way = way;
    this.#credentials = credentials;
    this.#limitMs = limitMs;
  }

  /** the one that Neuron is delivered with */
  get hasDefaultPassword(): boolean {
    const { user, password } = this.#credentials;
    return user === "admin" && password === "0000";
  }

  get product(): GatewayDialect["product"] {
    return this.#dialect.product;
  }

  /**
   * Signs in as to Neuron 2, and as to NeuronEX where that is not known.
   *
   * @returns the new token, and our clock at the middle of the exchange, ms since 1970
   */
  async signIn(signal: AbortSignal): Promise<SignedIn> {
    await this.#way.beforePassword?.(signal);
    try {
      return await this.#signInAs(this.#dialect, signal);
    } catch (error) {
      if (this.#token !== undefined || !isUnknownCall(error)) throw error;
      const signedIn = await this.#signInAs(neuronExDialect, signal).catch((other) => {
        // Somebody else's page: what it said to the first question tells more.
        throw hasFault(other, "gateway.loginRefused") || signal.aborted ? other : error;
      });
      this.#dialect = neuronExDialect;
      return signedIn;
    }
  }

  /** A new password for the user who is signed in. Neuron takes 4 to 16 characters. */
  async setPassword(password: string, signal: AbortSignal): Promise<void> {
    const { user: name, password: old_pass } = this.#credentials;
    const body = JSON.stringify({ name, old_pass, new_pass: password });
    await this.call({ method: "POST", path: "/password", body, reply: anything }, signal);
    this.#credentials = { user: name, password };
  }

  async #signInAs(dialect: GatewayDialect, signal: AbortSignal): Promise<SignedIn> {
    const { user, password } = this.#credentials;
    const asked = Date.now();
    const body = JSON.stringify({ name: user, [dialect.passwordField]: password });
    const call: NeuronCall<{ token: string }> = { method: "POST", path: "/login", body, reply: loginReply };
    const reply = await this.#exchange(call, dialect.login, undefined, signal);
    const at = (asked + Date.now()) / 2;
    const error = errorOf(reply);
    // 1012: a password of a length that no user can have.
    if (error === 1009 || error === 1012 || reply.status === 401)
      throw new FaultError({ code: "gateway.loginRefused", url: this.origin, user });
    const token = readToken(this.#judge(call, reply).token);
    if (token === undefined) throw this.#unexpected(call, "token");
    this.#token = token;
    this.#renewAt = performance.now() + renewalMs((token.endsAt - token.issuedAt) * 1000);
    return { token, at };
  }

  async call<T>(call: NeuronCall<T>, signal: AbortSignal): Promise<T> {
    return this.#judge(call, await this.#answered(call, signal));
  }

  /** What is no JSON, such as metrics, as it came. */
  async text(path: string, signal: AbortSignal): Promise<string> {
    const call: NeuronCall<unknown> = { method: "GET", path, reply: anything };
    const reply = await this.#answered(call, signal);
    this.#refuse(call, reply);
    return reply.text;
  }

  /** The reply to somebody who is signed in. */
  async #answered(call: NeuronCall<unknown>, signal: AbortSignal): Promise<HttpReply> {
    const token = await this.#freshToken(signal);
    const reply = await this.#send(call, token, signal);
    if (!isSignedOut(reply)) return reply;
    // Another call may have signed in meanwhile.
    if (this.#token === token) this.#token = undefined;
    const second = await this.#send(call, await this.#freshToken(signal), signal);
    if (isSignedOut(second)) throw new FaultError({ code: "gateway.signedOut", url: this.origin });
    return second;
  }

  async #freshToken(signal: AbortSignal): Promise<Token> {
    if (this.#token !== undefined && performance.now() < this.#renewAt) return this.#token;
    try {
      return (await this.signIn(signal)).token;
    } catch (error) {
      // The password was changed since the person signed in.
      if (!hasFault(error, "gateway.loginRefused")) throw error;
      throw new FaultError({ code: "gateway.signedOut", url: this.origin }, error);
    }
  }

  #send(call: NeuronCall<unknown>, token: Token | undefined, signal: AbortSignal): Promise<HttpReply> {
    return this.#exchange(call, `${this.#dialect.base}${call.path}`, token, signal);
  }

  #exchange(
    { method, body, limitMs = this.#limitMs }: NeuronCall<unknown>,
    path: string,
    token: Token | undefined,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    return httpCall(
      {
        origin: this.origin,
        way: this.#way,
        method,
        path,
        limitMs,
        ...(token && { token: token.text }),
        ...(body !== undefined && { body }),
      },
      signal,
    );
  }

  /** Status and error number say different things: many failures come with 200, and 404 pages are no JSON. */
  #refuse(call: NeuronCall<unknown>, reply: HttpReply): void {
    const error = errorOf(reply) ?? 0;
    const { status } = reply;
    if (error === 0 && status >= 200 && status <= 299) return;
    const name = `${call.method} ${call.path}`;
    throw new FaultError({ code: "gateway.refused", url: this.origin, call: name, status, error });
  }

  #judge<T>(call: NeuronCall<T>, reply: HttpReply): T {
    this.#refuse(call, reply);
    const json = parseExactJson(reply.text);
    if (!json.ok) throw this.#unexpected(call, "notJson");
    const read = call.reply.safeParse(json.value);
    if (read.success) return read.data;
    const issue = read.error.issues[0];
    throw this.#unexpected(call, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }

  #unexpected({ method, path }: NeuronCall<unknown>, reason: string): FaultError {
    const fault: Fault = { code: "gateway.unexpected", url: this.origin, call: `${method} ${path}`, reason };
    return new FaultError(fault);
  }
}

/** No such page, or one for people: Neuron 2 is not there. */
function isUnknownCall(error: unknown): boolean {
  if (hasFault(error, "gateway.unexpected")) return error.fault.reason === "notJson";
  return hasFault(error, "gateway.refused") && error.fault.error === 0 && error.fault.status >= 404;
}

function errorOf(reply: HttpReply): number | undefined {
  // Only short replies are bare errors; a whole configuration need not be read twice.
  if (reply.text.length > 4096) return undefined;
  const json = parseExactJson(reply.text);
  const parsed = json.ok ? errorReply.safeParse(json.value) : undefined;
  return parsed?.success ? parsed.data.error : undefined;
}

/** 1004 to 1008: token missing, unreadable, expired or refused. A missing permission is no such thing. */
function isSignedOut(reply: HttpReply): boolean {
  if (reply.status !== 401 && reply.status !== 403) return false;
  const error = errorOf(reply);
  return error === undefined || (error >= 1004 && error <= 1008);
}
