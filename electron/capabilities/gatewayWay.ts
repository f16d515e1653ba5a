/** The way to a gateway: where it is, how it is reached, and what must be so before a password goes out. */
export interface GatewayWay {
  /** scheme, host and port by which the gateway is known */
  readonly url: string;
  /** where the address is really reached: this end of a tunnel */
  readonly at?: { readonly host: string; readonly port: number };
  /** the only certificate that is accepted, by its SHA-256; without one, those that this computer trusts are */
  readonly certificate?: string;
  /** asked each time before the password is sent; throws where it must not be */
  readonly beforePassword?: (signal: AbortSignal) => Promise<void>;
}
