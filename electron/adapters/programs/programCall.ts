import type { z } from "zod";
import { type HttpCall, type HttpReply, httpCall } from "#adapters/gateway/httpCall.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { parseExactJson } from "#domain/gateway/exactJson.ts";
import type { Program } from "#domain/gateway/program.ts";
import { ProblemError } from "#domain/problem.ts";

/** A program's HTTP API and who asks it. */
export interface ProgramPlace {
  readonly program: Program;
  readonly origin: string;
  readonly basic?: NonNullable<HttpCall["basic"]>;
  /** ms for one exchange */
  readonly limitMs: number;
}

export interface ProgramCall<T> {
  readonly method: HttpCall["method"];
  /** from the root */
  readonly path: string;
  readonly body?: string;
  readonly reply: z.ZodType<T>;
}

/** What a program says with a refusal; `error` 0 and no words where it said nothing that can be read. */
export interface Refused {
  readonly error: number;
  readonly says: string;
}

/**
 * One exchange with such a program.
 *
 * @param refusedIn finds a refusal in a reply, which may come with status 200; undefined: none
 * @throws FaultError gateway.unreachable, program.loginRefused, program.refused, program.unexpected
 */
export async function programCall<T>(
  place: ProgramPlace,
  call: ProgramCall<T>,
  refusedIn: (json: unknown, status: number) => Refused | undefined,
  signal: AbortSignal,
): Promise<T> {
  const { program, origin: url } = place;
  const name = `${call.method} ${call.path}`;
  const unexpected = (reason: string, cause?: unknown) =>
    new FaultError({ code: "program.unexpected", program, url, call: name, reason }, cause);
  const { status, text } = await exchange(place, call, signal).catch((error): never => {
    throw hasFault(error, "gateway.unexpected") ? unexpected(error.fault.reason, error) : error;
  });
  if (status === 401)
    throw new FaultError({ code: "program.loginRefused", program, url, user: place.basic?.user ?? "" });
  const json = parseExactJson(text);
  const refused = refusedIn(json.ok ? json.value : undefined, status);
  if (refused || status < 200 || status > 299)
    throw new FaultError({
      code: "program.refused",
      program,
      url,
      call: name,
      status,
      ...(refused ?? { error: 0, says: "" }),
    });
  const reply = call.reply.safeParse(json.ok ? json.value : text);
  if (reply.success) return reply.data;
  if (!json.ok) throw unexpected("notJson");
  const issue = reply.error.issues[0];
  throw unexpected(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

function exchange(
  { origin, basic, limitMs }: ProgramPlace,
  { method, path, body }: ProgramCall<unknown>,
  signal: AbortSignal,
): Promise<HttpReply> {
  return httpCall(
    { origin, method, path, limitMs, ...(basic && { basic }), ...(body !== undefined && { body }) },
    signal,
  );
}

/** Whatever page was copied from the browser, the API is at the root. */
export function originOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:")
    throw new ProblemError({ code: "gateway.urlInvalid", text: url });
  return parsed.origin;
}
