import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** A WebSocket as plain as can be, so that receiving by the ten thousand costs little beside sending. */
export interface RawSocket {
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export interface Heard {
  /** The bytes of one message, only as long as the call lasts. */
  readonly message: (bytes: Buffer) => void;
  /** It was closed, and not by us. */
  readonly lost: (why: string) => void;
}

const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const FINAL = 0x80;
const MASKED = 0x80;
const SHORT = 126;
const LONG = 127;

/** Frames of a client are masked; a mask of zeros is one, too. */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const extended = length >= SHORT ? 2 : 0;
  const head = Buffer.alloc(2 + extended + 4);
  head[0] = FINAL | opcode;
  head[1] = MASKED | (extended ? SHORT : length);
  if (extended) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}

/** Where a frame's payload begins and ends; null while not all of it is there. */
function boundsAt(bytes: Buffer, at: number): readonly [number, number] | null {
  if (bytes.length < at + 2) return null;
  const short = bytes[at + 1]!;
  const begins = at + 2 + (short === SHORT ? 2 : short === LONG ? 8 : 0);
  if (bytes.length < begins) return null;
  const length = short === SHORT ? bytes.readUInt16BE(at + 2) : short === LONG ? bytes.readUIntBE(at + 4, 6) : short;
  return bytes.length < begins + length ? null : [begins, begins + length];
}

/** All sockets of a process read into the same bytes: what is left of a frame is kept by its socket. */
const READ = Buffer.alloc(256 * 1024);

interface Reading {
  rest: Buffer | null;
  isOpen: boolean;
}

/** Takes whole frames off what has come; answers what is left. */
function takeFrames(bytes: Buffer, socket: Socket, { message, lost }: Heard): Buffer | null {
  let at = 0;
  for (let bounds = boundsAt(bytes, at); bounds; bounds = boundsAt(bytes, at)) {
    const opcode = bytes[at]! & 0xf;
    const payload = bytes.subarray(...bounds);
    if (opcode === TEXT) message(payload);
    else if (opcode === PING) socket.write(frame(PONG, payload));
    else if (opcode === CLOSE) lost(payload.subarray(2).toString());
    at = bounds[1];
  }
  return at === bytes.length ? null : Buffer.from(bytes.subarray(at));
}

const handshake = (url: URL, authorization: string): string =>
  [
    `GET ${url.pathname} HTTP/1.1`,
    `Host: ${url.host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Protocol: graphql-transport-ws",
    `Authorization: ${authorization}`,
    "\r\n",
  ].join("\r\n");

/** Takes the answer to the handshake off; null while not all of it is there. */
function upgraded(bytes: Buffer): Buffer | null {
  const ends = bytes.indexOf("\r\n\r\n");
  if (ends < 0) return null;
  if (!bytes.subarray(0, ends).includes("101 Switching Protocols")) throw new Error(bytes.toString().split("\r\n")[0]);
  return bytes.subarray(ends + 4);
}

/** Opens one. Resolves when the server has agreed. */
export function openSocket(url: URL, authorization: string, heard: Heard): Promise<RawSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<RawSocket>();
  const reading: Reading = { rest: null, isOpen: false };
  const socket = connect({
    host: url.hostname,
    port: Number(url.port),
    noDelay: true,
    onread: {
      buffer: READ,
      callback: (count) => {
        take(READ.subarray(0, count));
        return true;
      },
    },
  });
  const send = (text: string): void => void socket.write(frame(TEXT, Buffer.from(text)));
  const close = (): void => {
    reading.isOpen = false;
    socket.destroy();
  };
  const lost = (why: string): void => {
    if (reading.isOpen) heard.lost(why);
    else reject(new Error(why));
    close();
  };
  const take = (chunk: Buffer): void => {
    let bytes: Buffer | null = reading.rest ? Buffer.concat([reading.rest, chunk]) : chunk;
    if (!reading.isOpen) {
      reading.rest = Buffer.from(bytes);
      bytes = upgraded(bytes);
      if (!bytes) return;
      reading.isOpen = true;
      resolve({ send, close });
    }
    reading.rest = takeFrames(bytes, socket, { message: heard.message, lost });
  };
  socket.once("error", ({ message }) => lost(message)).once("close", () => lost("closed"));
  socket.write(handshake(url, authorization));
  return promise;
}
