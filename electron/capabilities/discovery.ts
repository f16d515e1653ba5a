/** A network that this machine is on. */
export interface Network {
  /** the interface's name: eth0, Ethernet 2 */
  readonly name: string;
  /** this machine's own IPv4 address there */
  readonly address: string;
  /** bits of the network's part of the address, 0 to 32 */
  readonly prefix: number;
}

/** What can be known of the neighbourhood without sending anything. */
export interface Discovery {
  /** IPv4 networks of the interfaces that are up, the loopback left out */
  networks(): readonly Network[];
}
