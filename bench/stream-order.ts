/** What a process of the stream benchmark can be told to do, by name: a fork that listens for it on the channel to its parent. */
export type Orders = Readonly<Record<string, (order: never) => unknown>>;

export interface Order {
  readonly id: number;
  readonly name: string;
  readonly order: unknown;
}

export interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly fault?: string;
}

/** Microseconds of a clock that all processes of this machine share, and that is never set. */
export const microseconds = (): number => Number(process.hrtime.bigint() / 1_000n);

/** Does what the parent orders, until the parent is gone. */
export function obey(orders: Orders): void {
  const answer = (one: Answer): void => void process.send?.(one);
  process.on("message", ({ id, name, order }: Order) => {
    const done = async (): Promise<unknown> => orders[name]!(order as never);
    done().then(
      (result) => answer({ id, answer: result ?? null }),
      (error: unknown) =>
        answer({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once("disconnect", () => process.exit());
}
