import { append } from "../../src/event/append.js";
import { seqOf } from "../../src/event/cursor.js";
import type { Live, Sink } from "../../src/live/live.js";
import { givenListening, kept, NOTHING, type Listening } from "../live/given-live.js";
import { dataOf, listen } from "../support/listen.js";
import { until } from "../support/soon.js";

const EVENTS = 20_000;
/** What the gateway reads at a time. */
const PAGE = 200;

/** What was handed to the one receiver that is weighed. */
interface Weighed {
  isBehind: boolean;
  sent: number;
  /** The most bytes that were handed over at a time. */
  most: number;
  /** The largest result. */
  largest: number;
  /** Sendings to a receiver that had said that it is behind. */
  pushed: number;
}

/** Weighs all that the streams hand to the first of their receivers. */
function weighed(): { readonly scales: Weighed; readonly wrapped: (live: Live) => Live } {
  const scales: Weighed = { isBehind: false, sent: 0, most: 0, largest: 0, pushed: 0 };
  const weigh = (sink: Sink): Sink => ({
    ...sink,
    send: (results) => {
      if (scales.isBehind) scales.pushed += 1;
      const bytes = results.map(({ length }) => length);
      scales.sent += results.length;
      scales.largest = Math.max(scales.largest, ...bytes);
      scales.most = Math.max(
        scales.most,
        bytes.reduce((sum, one) => sum + one, 0),
      );
      scales.isBehind = !sink.send(results);
      return !scales.isBehind;
    },
    drained: async () => {
      await sink.drained();
      scales.isBehind = false;
    },
  });
  let isFirst = true;
  const wrapped = (live: Live): Live => ({
    ...live,
    open: (actor, subscribed, sink) => {
      const one = isFirst ? weigh(sink) : sink;
      isFirst = false;
      return live.open(actor, subscribed, one);
    },
  });
  return { scales, wrapped };
}

/** Something about as large as what people ask for. */
const WIDE = `subscription { events { cursor ${Array.from({ length: 20 }, (_, n) => `c${n}: cursor`).join(" ")} type } }`;

async function happens({ bank }: Listening, count: number): Promise<void> {
  const batch = 500;
  for (let done = 0; done < count; done += batch)
    await bank.commit((write) =>
      append(
        write,
        Array.from({ length: batch }, () => ({
          type: "ENTITY_REGISTERED" as const,
          participantId: bank.id,
          entityId: "ent_1" as const,
          subjectId: "ent_1" as const,
        })),
      ),
    );
}

describe("a client that stops reading", () => {
  it("costs the gateway a page and what may wait for it, however much happens, and catches up completely", async () => {
    const { scales, wrapped } = weighed();
    await using gateway = await givenListening({}, {}, wrapped);
    await using client = await listen(gateway, gateway.bank.token);
    await using quick = await listen(gateway, gateway.bank.token);
    client.subscribe("1", WIDE);
    await client.quiet();
    client.pause();
    await happens(gateway, EVENTS);
    // What the machine between the two keeps for itself is full by now; the rest stays in the table.
    await until(
      () => scales.isBehind,
      () => `it to be behind, and it was sent ${scales.sent}`,
    );
    const { sent } = scales;
    expect(sent).toBeLessThan(EVENTS);
    quick.subscribe("1", `subscription { events { type } }`);
    await quick.quiet();
    await happens(gateway, 500);
    await quick.nexts(500);
    expect([scales.sent, scales.isBehind]).toEqual([sent, true]);
    client.resume();
    const messages = await client.nexts(EVENTS + 500);
    const heard = messages.map((message) => (dataOf(message) as { events: { cursor: string } }).events.cursor);
    const { vault } = gateway.app;
    const places = heard.map((cursor) => seqOf(vault, gateway.bank.id, cursor));
    expect(places).toEqual(Array.from({ length: EVENTS + 500 }, (_, index) => places[0]! + index));
    await client.quiet();
    // It was behind with at most the high-water mark besides what it was sent last, and nothing more until that had left.
    expect(scales.pushed).toBe(0);
    expect(scales.most).toBeLessThanOrEqual(PAGE * scales.largest);
    await client.end();
    await quick.end();
    expect(await kept(gateway)).toEqual(NOTHING);
  }, 60_000);
});
