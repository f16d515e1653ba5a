import type { CallInput } from "#contract/contract.ts";
import type { FailureView, SiteView } from "#contract/views.ts";

/** The form of the sign-in as a person fills it. */
export interface SignInDraft {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly ssh: SshDraft | null;
  /** what the person has confirmed: of the gateway, and of the SSH server */
  readonly trust: string;
  readonly hostKey: string;
}

export interface SshDraft {
  /** empty: the gateway's own address */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly by: "password" | "key";
  readonly password: string;
  readonly key: string;
  readonly keyName: string;
  readonly passphrase: string;
}

export const emptySsh: SshDraft = {
  ...{ host: "", port: 22, user: "", by: "password", password: "" },
  ...{ key: "", keyName: "", passphrase: "" },
};

export function draftOf(head: SiteView["head"]): SignInDraft {
  const { url = "http://", user = "" } = head.gateway ?? {};
  return { url, user: user || "admin", password: "", ssh: null, trust: "", hostKey: "" };
}

/** Another address is another gateway: what was confirmed does not hold for it. */
export function withUrl(draft: SignInDraft, url: string): SignInDraft {
  return { ...draft, url, trust: "", hostKey: "" };
}

/** Another SSH host has another key; a password that is typed again has not. */
export function withSsh(draft: SignInDraft, ssh: SshDraft | null): SignInDraft {
  const isSame = ssh?.host === draft.ssh?.host && ssh?.port === draft.ssh?.port;
  return { ...draft, ssh, hostKey: isSame ? draft.hostKey : "" };
}

export function isComplete({ url, user, ssh }: SignInDraft): boolean {
  const sshIsComplete = !ssh || (ssh.user.trim() !== "" && (ssh.by === "password" || ssh.key !== ""));
  return url.trim() !== "" && user.trim() !== "" && sshIsComplete;
}

export function inputOf(draft: SignInDraft): CallInput<"gateway.signIn"> {
  const { url, user, password, ssh, trust, hostKey } = draft;
  return {
    ...{ url: url.trim(), user: user.trim(), password },
    ...(trust !== "" && { trust }),
    ...(ssh && { ssh: { ...accountOf(ssh, url), ...(hostKey !== "" && { hostKey }) } }),
  };
}

function accountOf(ssh: SshDraft, url: string) {
  const login =
    ssh.by === "password"
      ? { password: ssh.password }
      : { key: ssh.key, ...(ssh.passphrase !== "" && { passphrase: ssh.passphrase }) };
  return { host: ssh.host.trim() || hostIn(url), port: ssh.port, user: ssh.user.trim(), ...login };
}

/** The host that an address names; empty when it names none. */
export function hostIn(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

/** What a person may confirm after a failure, and then go on. */
export function confirmable(failure: FailureView): Partial<SignInDraft> | undefined {
  const { code, facts } = failure;
  if (code === "ssh.hostKeyUnconfirmed") return { hostKey: String(facts.fingerprint) };
  if (code === "ssh.hostKeyChanged") return { hostKey: String(facts.found) };
  if (code === "gateway.identityChanged") return { trust: String(facts.found) };
  return code === "gateway.certificateUntrusted" ? { trust: String(facts.fingerprint) } : undefined;
}
