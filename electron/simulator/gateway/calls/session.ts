import { gatewayVersion } from "../plugins.ts";
import { error, Refusal } from "../refusal.ts";
import { bodyOf, type Core, done, type Handlers, plain, textIn } from "./call.ts";

const logLevels = new Set(["debug", "info", "notice", "warn", "error", "fatal"]);

export const sessionCalls: Handlers = {
  "POST ping": () => ({}),
  "GET status": () => plain('{"status":"ready"}'),
  "GET version": () => plain(`{"version":"${gatewayVersion}", "revision":"N/A", "build_date":"2026-11-22"}`),
  "POST login": (core, call) => {
    const body = bodyOf(call);
    const name = textIn(body, "name");
    const password = textIn(body, "pass");
    checkPassword(password);
    if (core.users.get(name) !== password) throw new Refusal(error.login);
    return { token: core.tokens.issue(name) };
  },
  "POST password": (core, call) => {
    const body = bodyOf(call);
    const name = textIn(body, "name");
    const old = textIn(body, "old_pass");
    const next = textIn(body, "new_pass");
    checkPassword(next);
    if (core.users.get(name) !== old) throw new Refusal(error.login);
    if (old === next) throw new Refusal(error.passwordSame);
    core.users.set(name, next);
    return done;
  },
  "GET users": (core) => ({ users: [...core.users.keys()].map((name) => ({ name })) }),
  "POST users": (core, call) => {
    const body = bodyOf(call);
    const name = textIn(body, "name");
    const password = textIn(body, "password");
    if (name.length < 4 || name.length > 32) throw new Refusal(error.userLength);
    checkPassword(password);
    if (core.users.has(name)) throw new Refusal(error.userExists);
    core.users.set(name, password);
    return done;
  },
  "PUT users": (core, call) => {
    const body = bodyOf(call);
    const name = knownUser(core, textIn(body, "name"));
    const password = textIn(body, "new_password");
    checkPassword(password);
    core.users.set(name, password);
    return done;
  },
  "DELETE users": (core, call) => {
    const name = knownUser(core, textIn(bodyOf(call), "name"));
    if (name === "admin") throw new Refusal(error.noPermission);
    core.users.delete(name);
    return done;
  },
  "PUT log/level": (core, call) => {
    const body = bodyOf(call);
    const level = textIn(body, "level");
    if (!logLevels.has(level)) throw new Refusal(error.param);
    if (typeof body.node === "string") core.registry.node(body.node).logLevel = level;
    if (body.core === true) core.log.level = level;
    return done;
  },
  "GET log/global": (core) => plain(`{"level":"${core.log.level}"}`),
  "PUT log/global": (core, call) => {
    const level = textIn(bodyOf(call), "level");
    if (!logLevels.has(level)) throw new Refusal(error.param);
    core.log.level = level;
    return done;
  },
};

function checkPassword(password: string): void {
  if (password.length < 4 || password.length > 16) throw new Refusal(error.passwordLength);
}

function knownUser(core: Core, name: string): string {
  if (!core.users.has(name)) throw new Refusal(error.userMissing);
  return name;
}
