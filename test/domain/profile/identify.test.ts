import { expect, test } from "vitest";
import type { SeenIdentity } from "#domain/modbus/identity.ts";
import { proposeProfiles } from "#domain/profile/identify.ts";
import type { Profile } from "#domain/profile/profile.ts";
import { seeded } from "#simulator/lineNoise.ts";
import { shippedProfiles } from "./shipped.ts";

const profiles = shippedProfiles();
const nobody: SeenIdentity = {
  vendor: "",
  product: "",
  revision: "",
  serial: "",
  serverId: "",
  sunspecModels: [],
};
const trainingMeter: SeenIdentity = {
  ...nobody,
  vendor: "Lastmile",
  product: "Training Meter",
  revision: "3.3",
};

function byId(id: string): Profile {
  const found = profiles.find((profile) => profile.id === id);
  if (!found) throw new Error(id);
  return found;
}

test("a unit that names maker and model gets its profile for sure", () => {
  expect(proposeProfiles(trainingMeter, profiles)).toEqual([
    {
      profile: "lastmile-training-meter",
      certainty: "sure",
      evidence: { code: "evidence.fc43", facts: { vendor: "Lastmile", product: "Training Meter" } },
    },
  ]);
});

test("padding and letter case of a name do not matter", () => {
  const padded = { ...trainingMeter, vendor: "LASTMILE\0\0", product: " Training  Meter " };

  expect(proposeProfiles(padded, profiles)[0]?.certainty).toBe("sure");
});

test("a firmware outside the profile's range is told, and makes it likely only", () => {
  const [proposal] = proposeProfiles({ ...trainingMeter, revision: "2.9" }, profiles);

  expect(proposal).toMatchObject({ certainty: "likely", evidence: { code: "evidence.firmware" } });
});

test("a server id is text without fields, so what it says is likely", () => {
  const [proposal] = proposeProfiles({ ...nobody, serverId: "Lastmile Training Pump 1.8" }, profiles);

  expect(proposal).toMatchObject({ profile: "lastmile-training-pump", certainty: "likely" });
});

test("a SunSpec maker without a known model is likely; models alone are likely", () => {
  const fronius = proposeProfiles(
    { ...nobody, vendor: "Fronius", product: "Symo 10.0-3-M", sunspecModels: [1, 113] },
    profiles,
  );
  const unknown = proposeProfiles(
    { ...nobody, vendor: "Acme", product: "X", sunspecModels: [1, 103, 160] },
    profiles,
  );

  expect(fronius).toMatchObject([{ profile: "fronius-sunspec-float", certainty: "likely" }]);
  expect(unknown).toMatchObject([{ profile: "sunspec-inverter-101-103", certainty: "likely" }]);
});

test("a fingerprint that fits is likely; one word that differs proposes nothing", () => {
  const seen = (first: number, offset = 0x80) => ({
    ...nobody,
    registers: [{ area: "holding" as const, offset, words: [first, 0x414e, 0x5745] }],
  });

  expect(proposeProfiles(seen(0x4d45), profiles)).toMatchObject([
    { profile: "meanwell-hep-2300-55", certainty: "likely" },
  ]);
  expect(proposeProfiles(seen(0x4d46), profiles)).toEqual([]);
  expect(proposeProfiles(seen(0x4d45, 0x81), profiles)).toEqual([]);
});

test("two profiles that claim the same model are likely both: a person decides", () => {
  const meter = byId("lastmile-training-meter");
  const twins = [meter, { ...meter, id: "another" }];

  expect(proposeProfiles(trainingMeter, twins).map((one) => one.certainty)).toEqual(["likely", "likely"]);
});

test("a unit that says nothing gets no proposal", () => {
  expect(proposeProfiles(nobody, profiles)).toEqual([]);
});

/** One letter changed, lost, added or moved; or a word dropped. */
function mutated(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const changed = [
    `${text.slice(0, at)}${letter}${text.slice(at + 1)}`,
    `${text.slice(0, at)}${text.slice(at + 1)}`,
    `${text.slice(0, at)}${letter}${text.slice(at)}`,
    `${text} ${letter}`,
    text.split(" ").slice(1).join(" "),
    `${text}2`,
  ];
  return changed[Math.floor(random() * changed.length)] ?? "";
}

test("of 1,000 mutated and foreign identities none is proposed for sure", () => {
  let drawn = 0;
  const random = () => seeded(43, drawn++);
  const makers = [
    "Schneider Electric",
    "ABB",
    "Lastmile",
    "Fronius",
    "SolarEdge",
    "Siemens",
    "Acme",
    "",
    "Wago",
  ];
  const models = [
    "iEM3155",
    "Training Meter",
    "Training Pump",
    "SDM120",
    "Meter",
    "HEP-2300-55",
    "",
    "UMG 96RM",
    "A43",
  ];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const isTrue = ({ vendor, product }: SeenIdentity) =>
    vendor.toLowerCase() === "lastmile" && product.toLowerCase() === "training meter";
  let confident = 0;
  for (let round = 0; round < 1000; ) {
    const seen: SeenIdentity =
      round % 2 === 0
        ? random() < 0.5
          ? { ...trainingMeter, vendor: mutated("Lastmile", random) }
          : { ...trainingMeter, product: mutated("Training Meter", random) }
        : {
            vendor: pick(makers),
            product: pick(models),
            revision: pick(["", "1.0", "V3"]),
            serial: String(Math.floor(random() * 1e6)),
            serverId: pick(["", "Lastmile Training Meter 3.3", "EM24", "ABB A43"]),
            sunspecModels: pick([[], [1, 103], [1, 113, 160]]),
          };
    if (isTrue(seen)) continue;
    round++;
    confident += proposeProfiles(seen, profiles).filter((one) => one.certainty === "sure").length;
  }

  expect(confident).toBe(0);
});
