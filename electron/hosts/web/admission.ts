import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Decides who may talk to this host: browsers on this machine that were given a link, and only from our own page. */
export interface Admission {
  /** the path of the link that admits the next browser: `/?key=…` */
  link(): string;
  /** 421 when the request was meant for another name: a page elsewhere that points its own name at this machine */
  hostOf(request: IncomingMessage): string | undefined;
  /** true once a link: it is spent and another takes its place */
  spend(key: string): boolean;
  /** the cookie that admits from now on, for Set-Cookie */
  readonly cookie: string;
  admits(request: IncomingMessage): boolean;
  isOwnPage(request: IncomingMessage): boolean;
}

/** @param port that the host listens on; in the cookie's name, as cookies are shared among a name's ports */
export function createAdmission(port: number): Admission {
  const name = `lastmile-${port}`;
  const token = randomSecret();
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  let key = randomSecret();

  function hostOf(request: IncomingMessage): string | undefined {
    return hosts.find((host) => host === request.headers.host);
  }

  return {
    link: () => `/?key=${key}`,
    hostOf,
    spend(given) {
      if (!equal(given, key)) return false;
      key = randomSecret();
      return true;
    },
    cookie: `${name}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    admits: (request) => equal(cookieOf(request, name), token),
    isOwnPage: (request) => request.headers.origin === `http://${hostOf(request)}`,
  };
}

function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

function equal(given: string, secret: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(secret);
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieOf(request: IncomingMessage, name: string): string {
  const cookies = (request.headers.cookie ?? "").split(";").map((part) => part.trim());
  return cookies.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}
