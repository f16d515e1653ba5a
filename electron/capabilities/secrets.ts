/**
 * Passwords and keys, by name (`gateway:<host>`, `uplink:<site id>`, `signing`). Never in files in clear.
 * `lasting` says whether they outlive the process: the OS keychain or a sealed file do, plain memory does not.
 */
export interface Secrets {
  readonly lasting: boolean;
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}
