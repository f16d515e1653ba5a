import type { Secrets } from "#capabilities/secrets.ts";

/** Secrets for as long as the process lives. */
export function memorySecrets(): Secrets {
  const values = new Map<string, string>();
  return {
    lasting: false,
    get: async (name) => values.get(name),
    async set(name, value) {
      values.set(name, value);
    },
    async remove(name) {
      values.delete(name);
    },
  };
}
