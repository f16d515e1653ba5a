/** What an exchange of a gateway's driver ended in: the reply's PDU, or the error number its tags get. */
export type Outcome = { readonly pdu: Uint8Array } | { readonly error: number };

/**
 * A driver's way to its units. It is as trusting as the measured gateway: it looks at unit, function and length,
 * not more.
 */
export interface MasterLink {
  readonly connected: boolean;
  /** false where the port or host does not open */
  open(): Promise<boolean>;
  exchange(unit: number, pdu: Uint8Array, replyBytes: number): Promise<Outcome>;
  readonly counts: { sent: number; received: number };
  close(): void;
}
