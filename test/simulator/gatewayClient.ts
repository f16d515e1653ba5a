import { parseJson } from "#simulator/gateway/json.ts";

/** Signed-in calls to a gateway under test. */
export interface GatewayClient {
  call(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }>;
  /** the tags of a group as the gateway prints them, by name */
  read(node: string, group: string): Promise<Readonly<Record<string, { value?: unknown; error?: number }>>>;
}

export async function signIn(url: string): Promise<GatewayClient> {
  let token = "";
  const call: GatewayClient["call"] = async (method, path, body) => {
    const reply = await fetch(`${url}/api/v2/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: reply.status, text: await reply.text() };
  };
  const login = await call("POST", "login", { name: "admin", pass: "0000" });
  token = (parseJson(login.text) as { token: string }).token;
  return {
    call,
    async read(node, group) {
      const { text } = await call("POST", "read", { node, group });
      const { tags } = parseJson(text) as { tags: { name: string; value?: unknown; error?: number }[] };
      return Object.fromEntries(tags.map(({ name, ...state }) => [name, state]));
    },
  };
}
