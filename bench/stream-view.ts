/** What the receivers of one view are sent, checked once where it is new and compared byte by byte from then on. */
export interface View {
  /** Takes the payload of one receiver's message of this number; throws where anything is missing, doubled, or out of order. */
  readonly take: (number: number, payload: Buffer) => void;
}

interface Told {
  readonly data?: { readonly events?: { readonly cursor: string; readonly previousCursor: string | null } };
}

/** The view of a log: each event names the one before it. So many of the latest are kept to compare with. */
export function viewOfLog(kept: number): View {
  const payloads: (Buffer | undefined)[] = [];
  let cursor: string | null = null;
  let known = 0;
  return {
    take(number, payload) {
      if (number < known) {
        const expected = payloads[number % kept];
        if (known - number <= kept && expected?.equals(payload)) return;
        throw new Error("Two receivers were told otherwise, or one is too far behind to tell.");
      }
      const event = (JSON.parse(payload.toString()) as Told).data?.events;
      if (number !== known || !event) throw new Error(`Not an event: ${payload.toString().slice(0, 300)}`);
      if (known > 0 && event.previousCursor !== cursor) throw new Error("An event is missing, or out of order.");
      ({ cursor } = event);
      payloads[known % kept] = Buffer.from(payload);
      known += 1;
    },
  };
}

/** A view of a state, which nothing is expected of but that it is one. */
export const viewOfState: View = {
  take: (_number, payload) => {
    if (!payload.includes('{"data":{"')) throw new Error(`Not a state: ${payload.toString().slice(0, 300)}`);
  },
};
