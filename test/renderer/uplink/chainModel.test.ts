import { expect, test } from "vitest";
import type { ChainView } from "#contract/views.ts";
import { chainLinks } from "#renderer/steps/uplink/chainModel.ts";

const at = Date.UTC(2026, 6, 1);
const certificate = (name: string, by: string, validTo = Date.UTC(2027, 0, 1)) => ({
  subject: `CN=${name}, O=Water`,
  issuer: `CN=${by}, O=Water`,
  names: [],
  validFrom: Date.UTC(2026, 0, 1),
  validTo,
  fingerprint: name,
  known: false,
});
const chain = (cause: string, ...certificates: ChainView["certificates"]): ChainView => ({
  protocol: "TLSv1.3",
  cipher: "",
  at,
  cause,
  certificates,
});
const drawn = (view: ChainView) =>
  chainLinks(view).map(({ role, name, state }) => `${role} ${name} ${state}`);

test("a chain is drawn from the authority down, each with what is left of its time", () => {
  const links = chainLinks(
    chain(
      "",
      certificate("broker", "between", Date.UTC(2026, 6, 11)),
      certificate("between", "root"),
      certificate("root", "root"),
    ),
  );

  expect(links.map(({ role, state }) => [role, state])).toEqual([
    ["authority", "ok"],
    ["intermediate", "ok"],
    ["broker", "warn"],
  ]);
  expect(links[2]).toMatchObject({ name: "broker", days: 10 });
  expect(links[0]?.spent).toBeCloseTo(181 / 365, 2);
});

test("what is wrong is drawn where it is: over, for another name, or signed by one that nobody showed", () => {
  expect(drawn(chain("expired", certificate("old", "root", Date.UTC(2026, 5, 1))))).toEqual([
    "broker old bad",
  ]);
  expect(drawn(chain("wrongName", certificate("other", "root"), certificate("root", "root")))).toEqual([
    "authority root ok",
    "broker other bad",
  ]);
  expect(drawn(chain("missingIntermediate", certificate("broker", "issuing")))).toEqual([
    "missing issuing bad",
    "broker broker ok",
  ]);
});
