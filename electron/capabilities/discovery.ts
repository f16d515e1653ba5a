/** A network that this machine is on. */
export interface Network {
  /** the interface's name: eth0, Ethernet 2 */
  readonly name: string;
  /** this machine's own IPv4 address there */
  readonly address: string;
  /** bits of the network's part of the address, 0 to 32 */
  readonly prefix: number;
}

/** A service that a host of the network announces. */
export interface Announced {
  /** IPv4 address */
  readonly host: string;
  /** the host's own name, without `.local` */
  readonly name: string;
  /** `ssh`, `http`, `mqtt` … */
  readonly service: string;
}

/** What can be known of the neighbourhood without speaking to any one host. */
export interface Discovery {
  /** IPv4 networks of the interfaces that are up, the loopback left out */
  networks(): readonly Network[];
  /** hardware addresses by IPv4 address, as the system knows them from what was said lately */
  neighbours(): Promise<ReadonlyMap<string, string>>;
  /** asks the network of this own address who is there, and listens to the answers for `listenMs` */
  announced(address: string, listenMs: number, signal: AbortSignal): Promise<readonly Announced[]>;
}
