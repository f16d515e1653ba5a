import { readTar, writeTar } from "#domain/bundle/tar.ts";
import { envelop, rootKind } from "#domain/trust/documents.ts";
import { utf8Bytes, utf8Text } from "#domain/utf8.ts";
import {
  bundleOf,
  type Choices,
  gatewayState,
  organisationKey,
  organisationOf,
  owners,
  revocationsOf,
  root,
  technicianKey,
  technicianOf,
  testKey,
} from "./kit.ts";
import { threats } from "./threats.ts";

type Draw = (below: number) => number;

/** The same bundles for the same seed: good ones, such as an attacker would make, and such as a bad stick makes. */
export function fuzzedBundles(count: number, seed: number): readonly Uint8Array[] {
  let state = seed;
  const draw: Draw = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const small = threats.filter(({ bytes }) => bytes.length < 100_000);
  return Array.from({ length: count }, (_, index) => {
    const made =
      index % 3 === 0
        ? bundleOf(chosen(draw))
        : index % 3 === 1
          ? bundleOf()
          : small[draw(small.length)]?.bytes;
    const bytes = made ?? bundleOf();
    return index % 3 === 0 && draw(3) > 0 ? bytes : broken(bytes, draw);
  });
}

/** Who signs and for what, each right most of the time. */
function chosen(draw: Draw): Choices {
  const some = <T>(usual: T, ...others: T[]): T =>
    draw(4) > 0 ? usual : (others[draw(others.length)] ?? usual);
  const pick = <T>(...all: T[]): T => all[draw(all.length)] as T;
  const files: Record<string, Uint8Array | null> = {};
  if (draw(3) === 0)
    files["trust/technician.dsse"] = technicianOf(
      {
        sites: some(["nps-07"], ["*"], ["nps-08"], ["nps-0", "nps-077"]),
        actions: some(["apply:neuron"], ["apply"], ["report", "apply:neuron"]),
        notAfter: some("2027-01-01T00:00:00.000Z", "2026-11-22T10:00:00.000Z", "2026-05-31T00:00:00.000Z"),
      },
      some(organisationKey, testKey(1), technicianKey),
    );
  if (draw(4) === 0) {
    const by = pick(
      owners.slice(0, 2),
      owners.slice(0, 1),
      [owners[2], owners[2]],
      [...owners],
      [owners[0], testKey(50)],
    );
    files["trust/organisation.dsse"] = organisationOf({ sites: some(["*"], ["nps-08"]) }, by);
  }
  if (draw(4) === 0)
    files["trust/revocations.dsse"] = revocationsOf(
      some([testKey(77).publicKey], [technicianKey.publicKey], [organisationKey.publicKey]),
      some(organisationKey, technicianKey),
    );
  if (draw(5) === 0) {
    const next = { ...root, version: some(2, 3), threshold: pick(1, 2, 3) };
    files[`trust/root-${some(2, 3)}.dsse`] = envelop(
      rootKind,
      next,
      pick(owners.slice(1), [...owners], owners.slice(0, 1)),
    );
  }
  return {
    files,
    signer: some(technicianKey, organisationKey, testKey(60)),
    manifest: {
      seq: some(5, 4, 1, 1004, 1005, 2_147_483_647),
      prevDigest: some(gatewayState.accepted.digest, "", "0".repeat(64)),
      issuedAt: some("2026-11-22T10:00:00.000Z", "2020-01-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z"),
      site: some(
        { id: "nps-07", name: "North 北" },
        { id: "nps-07", name: "North 北\u200b" },
        { id: "nps-08", name: "x" },
      ),
      ...(draw(6) === 0 && { notAfter: pick("2026-11-22T10:00:00.000Z", "2026-11-22T09:59:59.999Z") }),
    },
  };
}

/** The same bytes after something happened to them. */
function broken(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw(bytes.length);
  const changed = bytes.slice();
  const archive = readTar(bytes);
  const entries = archive.ok ? [...archive.value] : [];
  switch (draw(9)) {
    case 0:
      return bytes;
    case 1:
      return bytes.slice(0, at);
    case 2:
      return new Uint8Array([...bytes, ...new Uint8Array(1 + draw(1024)).fill(draw(2))]);
    case 3:
      return entries.length === 0
        ? bytes
        : writeTar(entries.filter((_, index) => index !== at % entries.length));
    case 4:
      return writeTar([...entries, ...entries.slice(at % (entries.length + 1)).slice(0, 1)]);
    case 5:
      return writeTar(
        entries.map((file, index) => (index === at % entries.length ? spoiled(file, draw) : file)),
      );
    case 6: {
      // A line break or a space more or less: the same to a person, and not what was signed.
      const texts = entries.map((file, index) => {
        if (index !== at % entries.length) return file;
        const text = utf8Text(file.bytes) ?? "";
        const change = [
          text.trimEnd(),
          `${text} `,
          text.replace("{\n", "{ \n"),
          text.replaceAll("\n", "\r\n"),
        ];
        return { ...file, bytes: utf8Bytes(change[draw(4)] ?? "") };
      });
      return writeTar(texts);
    }
    default:
      for (let flips = 1 + draw(2); flips > 0; flips -= 1) {
        const place = draw(changed.length);
        changed[place] = (changed[place] ?? 0) ^ (1 << draw(8));
      }
      return changed;
  }
}

function spoiled<T extends { readonly bytes: Uint8Array }>(file: T, draw: Draw): T {
  const bytes = file.bytes.slice();
  const at = draw(bytes.length);
  bytes[at] = 0x20 + draw(95);
  return { ...file, bytes };
}
