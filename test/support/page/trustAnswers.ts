import type { TrustView } from "#contract/trustViews.ts";

const key = (role: TrustView["keys"][number]["role"], letter: string) => ({
  role,
  publicKey: `${letter.repeat(43)}=`,
  printed: "3f2a 90bc 11de 4470 9a0c",
  spoken:
    "three foxtrot two alfa, nine zero bravo charlie, one one delta echo, four four seven zero, nine alfa zero charlie",
});
const link = {
  printed: "77aa 01f3 9c2b 8d10 44e5",
  actions: ["apply:neuron"],
  notAfter: "2027-12-31T23:59:59.999Z",
};

export const noTrust: TrustView = {
  keys: [],
  lasting: true,
  root: null,
  organisation: null,
  technician: null,
  revoked: 0,
  problems: [{ kind: "problem", code: "trust.chainMissing", facts: { document: "organisation" } }],
  gateway: null,
};

export const wholeTrust: TrustView = {
  keys: [key("technician", "A"), key("organisation", "B"), key("root", "C")],
  lasting: true,
  root: { owner: "North Water Authority", version: 2, threshold: 2, keys: 3 },
  organisation: { ...link, name: "Field Commissioning GmbH & Co. KG", sites: ["*"] },
  technician: { ...link, name: "Li Wei 李伟", sites: ["nps-07", "nps-08"] },
  revoked: 1,
  problems: [
    {
      kind: "problem",
      code: "trust.scopeExceeded",
      facts: { name: "Li Wei 李伟", what: "training" },
    },
  ],
  gateway: { serial: "GW-0017", printed: "9b1c 44d0 0e77 a1f2 5c3d", sealed: true },
};
