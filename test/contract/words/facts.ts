/** Facts as the product really makes them, for every code: one set for each thing that can be said. */
export type FactsOf<U extends { code: string }, C extends U["code"]> = Omit<
  Extract<U, { code: C }>,
  "code" | "at"
>;

export const host = "10.0.0.7";
export const url = "http://10.0.0.7:7000";
export const hostKey = "SHA256:Q3vYvKtPZ1tVt0mB3s0Yb6Xk3oE0q2j6s1m4w8r5n7A";
export const path = "/home/anna/Sites/north.site.json";
export const topic = "lastmile/north/line1/fast";
