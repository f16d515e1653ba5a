import { ProblemError } from "#domain/problem.ts";
import { printedFingerprint, spokenFingerprint } from "#domain/trust/fingerprint.ts";
import {
  delegate,
  fingerprintOf,
  makeKey,
  makeRoot,
  type Role,
  revoke,
  rotateRoot,
  signAlso,
  takeDocument,
} from "#services/trustDesk.ts";
import type { World } from "#services/world.ts";
import { composeWorld, usualDataFolder } from "../compose.ts";
import { resourceFolder } from "./folders.ts";
import { readInput, writeOutput } from "./session.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

/** Keys of this computer, and the documents that let them act. Keys are kept where all secrets are. */
export const trust: Verb = {
  usage:
    "trust key root|organisation|technician | trust root --owner NAME --threshold M --keys K1,K2 -o FILE | trust sign FILE -o FILE | trust delegate organisation|technician --name NAME --key K --sites IDS|* --actions apply:neuron --until 2027-12-31 -o FILE | trust revoke --keys K1,K2 [--list FILE] -o FILE | trust rotate ROOT [--keys K1,K2] [--threshold M] [--revoke K] -o FILE | trust take FILE…",
  options: {
    owner: { type: "string" },
    threshold: { type: "string" },
    keys: { type: "string" },
    key: { type: "string" },
    name: { type: "string" },
    sites: { type: "string" },
    actions: { type: "string" },
    until: { type: "string" },
    list: { type: "string" },
    revoke: { type: "string" },
    output: { type: "string", short: "o" },
  },
  async run(call) {
    const dataFolder = usualDataFolder();
    const world = await composeWorld({ host: "cli", dataFolder, resourceFolder });
    const [action, ...words] = call.words;
    const act = Object.hasOwn(actions, action ?? "") ? actions[action as keyof typeof actions] : undefined;
    if (act === undefined) throw usageProblem();
    return act(world, call, words);
  },
};

const actions = {
  async key(world: World, call: Call, [role]: readonly string[]): Promise<Outcome> {
    const key = await makeKey(world, roleOf(role));
    const fingerprint = fingerprintOf(world, key);
    const shown = {
      role,
      key,
      fingerprint: printedFingerprint(fingerprint),
      spoken: spokenFingerprint(fingerprint),
    };
    call.terminal.line(key);
    call.terminal.line(shown.fingerprint);
    call.terminal.line(shown.spoken);
    return done({ ...shown, kept: world.secrets.lasting });
  },
  async root(world: World, call: Call): Promise<Outcome> {
    const bytes = await makeRoot(
      world,
      option(call, "owner"),
      Number(option(call, "threshold")),
      keys(call, "keys"),
    );
    return written(call, bytes);
  },
  async sign(world: World, call: Call, [file]: readonly string[]): Promise<Outcome> {
    return written(call, await signAlso(world, await readInput(file)));
  },
  async delegate(world: World, call: Call, [role]: readonly string[]): Promise<Outcome> {
    if (role !== "organisation" && role !== "technician") throw usageProblem();
    const bytes = await delegate(world, {
      role,
      name: option(call, "name"),
      key: option(call, "key"),
      sites: keys(call, "sites"),
      actions: keys(call, "actions"),
      notAfter: `${option(call, "until")}T23:59:59.999Z`,
    });
    return written(call, bytes);
  },
  async revoke(world: World, call: Call): Promise<Outcome> {
    const { list } = call.options;
    const before = typeof list === "string" ? await readInput(list) : undefined;
    return written(call, await revoke(world, before, keys(call, "keys")));
  },
  async rotate(world: World, call: Call, [file]: readonly string[]): Promise<Outcome> {
    const { keys: given, threshold, revoke: revoked } = call.options;
    const bytes = await rotateRoot(world, await readInput(file), {
      ...(typeof given === "string" && { keys: keys(call, "keys") }),
      ...(typeof threshold === "string" && { threshold: Number(threshold) }),
      ...(typeof revoked === "string" && { revoked: keys(call, "revoke") }),
    });
    return written(call, bytes);
  },
  async take(world: World, call: Call, files: readonly string[]): Promise<Outcome> {
    if (files.length === 0) throw usageProblem();
    const taken: string[] = [];
    for (const file of files) taken.push(await takeDocument(world, await readInput(file)));
    for (const path of taken) call.terminal.line(path);
    return done({ taken, kept: world.secrets.lasting });
  },
};

async function written(call: Call, bytes: Uint8Array): Promise<Outcome> {
  const file = option(call, "output");
  await writeOutput(file, bytes);
  call.terminal.line(file);
  return done({ file });
}

function roleOf(word: string | undefined): Role {
  if (word === "root" || word === "organisation" || word === "technician") return word;
  throw usageProblem();
}

function option(call: Call, name: string): string {
  const value = call.options[name];
  if (typeof value !== "string") throw usageProblem();
  return value;
}

function keys(call: Call, name: string): readonly string[] {
  return option(call, name).split(",");
}

function usageProblem(): ProblemError {
  return new ProblemError({ code: "usage", reason: trust.usage });
}
