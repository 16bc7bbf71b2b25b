/** Where the sealed bytes of documents lie: under addresses, each of which always holds the same content. The core owns it. */
export interface DocumentStore {
  /**
   * Takes in bytes; when the last has come it asks for their address, which they themselves may have decided, and answers it.
   * What it has answered is durable. Where the bytes are cut, or no address is given for them, nothing of them stays.
   * Bytes under an address that was taken before take the place of those.
   */
  put(sealed: AsyncIterable<Uint8Array>, addressOf: () => Promise<string>): Promise<string>;
  /** What lies there; fails where nothing does. */
  get(address: string): AsyncIterable<Uint8Array>;
  has(address: string): Promise<boolean>;
  /** Removes what puts have left behind that did not live to their end; answers how many. */
  tidy(): Promise<number>;
}
