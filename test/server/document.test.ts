import { request } from "node:http";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../src/kernel/canonical.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { revokeKey } from "../../src/network/issue-key.js";
import {
  filesIn,
  givenArchiveGateway,
  givenRun,
  type Kept,
  MEGABYTE,
  pdf,
  pdfOf,
  statusOf,
} from "../document/given-document.js";
import { BOUNDARY, file, formOf, type Part, TYPE } from "../document/form.js";
import type { Gateway } from "../support/gateway.js";
import { countOf, givenKey } from "../support/given.js";
import { changedBy } from "../support/stored.js";
import { converse } from "./listening.js";

type World = Gateway & Kept;

/** What is answered in JSON. */
interface Told {
  readonly document?: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly validationDetails?: readonly { readonly path: string }[] };
  }[];
}

const headersOf = (token: string | null, over: Record<string, string> = {}): Record<string, string> => ({
  "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
  ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  ...over,
});

const addressOf = ({ url }: World, verificationId: string): string => `${url}/documents?verification=${verificationId}`;

async function send(
  world: World,
  verificationId: string,
  body: Buffer,
  { token = world.bank.token, headers = {} }: { token?: string | null; headers?: Record<string, string> } = {},
) {
  const response = await fetch(addressOf(world, verificationId), {
    method: "POST",
    headers: headersOf(token, headers),
    body: new Uint8Array(body),
  });
  const told = (await response.json()) as Told;
  const { code, validationDetails = [] } = told.errors?.[0]?.extensions ?? { code: "none" };
  return { status: response.status, code, paths: validationDetails.map(({ path }) => path), told };
}

/** Sends, and answers how it was refused and what that left. */
async function refused(world: World, ...[id, body, options]: [string, Buffer, Parameters<typeof send>[3]?]) {
  const before = await filesIn(world);
  const { result, changed } = await changedBy(world.app, () => send(world, id, body, options));
  const left = (await filesIn(world)).filter((path) => !before.includes(path));
  return { status: result.status, code: result.code, paths: result.paths, changed, left };
}

const NOTHING = { changed: [], left: [] };

/** A request that is open for writing, in pieces as a test wants them. */
function opened(world: World, verificationId: string) {
  const answered = Promise.withResolvers<number>();
  const call = request(addressOf(world, verificationId), {
    method: "POST",
    headers: headersOf(world.bank.token),
    agent: false,
  });
  call
    .on("error", () => answered.resolve(0))
    .on("response", (response) => {
      answered.resolve(response.statusCode!);
      response.resume();
    });
  call.flushHeaders();
  return { call, status: answered.promise };
}

/** How much has been written of what is coming in. */
async function comingIn({ folder }: World): Promise<number> {
  const incoming = join(folder, "incoming");
  const names = await readdir(incoming).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(incoming, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Resolves when something is so; it is looked at between other things that happen, and no clock decides. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => void setImmediate(resolve));
}

const show = (world: World, id: string, search = "?reason=blurred", token = world.bank.token): Promise<Response> =>
  fetch(`${world.url}/documents/${id}${search}`, { headers: { authorization: `Bearer ${token}` } });

describe("POST /documents", () => {
  it("takes in the file of a form and answers what it became; the same again is known", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const first = await send(world, run.id, formOf([TYPE, file()]));
    expect(first.status).toBe(201);
    expect(first.told.document).toEqual({
      id: expect.stringMatching(/^doc_/),
      verificationId: run.id,
      documentType: "id_passport",
      filename: "Ada Moreno.pdf",
      mimeType: "application/pdf",
      sha256: sha256(pdf()),
      sizeBytes: pdf().length,
      receivedAt: expect.any(String),
    });
    const { result, changed } = await changedBy(world.app, () => send(world, run.id, formOf([TYPE, file()])));
    expect([result.status, result.told, changed]).toEqual([200, first.told, []]);
    expect(await filesIn(world)).toHaveLength(1);
  });

  it("takes a field behind the file, and a form as other programs make it", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    expect((await send(world, run.id, formOf([file(), TYPE]))).status).toBe(201);
    const form = new FormData();
    form.set("file", new File([new Uint8Array(pdf("other"))], "Überweisung Nº 1.pdf", { type: "application/pdf" }));
    form.set("documentType", "bank_statement");
    const response = await fetch(addressOf(world, run.id), {
      method: "POST",
      headers: { authorization: `Bearer ${world.bank.token}` },
      body: form,
    });
    expect([response.status, ((await response.json()) as Told).document]).toMatchObject([
      201,
      { filename: "Überweisung Nº 1.pdf", documentType: "bank_statement" },
    ]);
  });

  it("takes 20 MB, writing while they come, and hands them out again byte for byte", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const content = pdfOf(20 * MEGABYTE);
    const form = formOf([TYPE, file(content)]);
    const { call, status } = opened(world, run.id);
    call.write(form.subarray(0, 12 * MEGABYTE));
    await until(async () => (await comingIn(world)) > 11 * MEGABYTE);
    call.end(form.subarray(12 * MEGABYTE));
    expect(await status).toBe(201);
    const [row] = await world.app.store.rows<{ id: string; sha256: string }>("select id, sha256 from document");
    expect(row!.sha256).toBe(sha256(content));
    const answer = await show(world, row!.id);
    expect(answer.headers.get("content-length")).toBe(String(content.length));
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  }, 60_000);

  it("refuses more than 20 MB, by its announcement and while it comes", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const tooLarge = { status: 413, code: "BAD_USER_INPUT", paths: [], ...NOTHING };
    expect(await refused(world, run.id, formOf([TYPE, file(pdfOf(20 * MEGABYTE + 1))]))).toEqual(tooLarge);
    const { result, changed } = await changedBy(world.app, () => {
      const { call, status } = opened(world, run.id);
      call.end(formOf([TYPE, file(pdfOf(21 * MEGABYTE))]));
      return status;
    });
    expect([result, changed, await filesIn(world)]).toEqual([413, [], []]);
    const announced = await converse(
      world,
      `POST /documents?verification=${run.id} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${world.bank.token}\r\n` +
        `content-type: multipart/form-data; boundary=x\r\ncontent-length: ${21 * MEGABYTE}\r\n\r\n`,
    );
    expect(announced).toMatch(/^HTTP\/1\.1 413 /);
  }, 60_000);

  it("refuses what is wrong with a form, changes nothing and leaves no file", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const wrong: readonly (readonly [what: string, parts: readonly Part[], paths: readonly string[]])[] = [
      ["a PDF that is none", [TYPE, file(Buffer.from("<html>"))], ["file.contentType"]],
      ["a PDF called a photograph", [TYPE, file(pdf(), { type: "image/png" })], ["file.contentType"]],
      ["a file of an unknown type", [TYPE, file(pdf(), { type: "application/octet-stream" })], ["file.contentType"]],
      ["a name with a path", [TYPE, file(pdf(), { filename: "../id.pdf" })], ["file.filename"]],
      ["no name and no type of document", [file(pdf(), { filename: "" })], ["documentType", "file.filename"]],
      ["an empty file", [TYPE, file(Buffer.alloc(0))], ["file"]],
      ["an unknown type of document", [{ ...TYPE, value: "love_letter" }, file()], ["documentType"]],
      ["an unknown field", [TYPE, { name: "kind", value: "x" }, file()], ["form"]],
      ["an unknown field behind the file", [TYPE, file(), { name: "kind", value: "x" }], ["form"]],
      ["a field twice", [TYPE, TYPE, file()], []],
      ["a field twice, once behind the file", [TYPE, file(), TYPE], []],
      ["a field without an end", [{ ...TYPE, value: "x".repeat(2_000) }, file()], []],
      ["two files", [TYPE, file(), file(pdf("other"))], []],
      ["two small files of which one has another name", [TYPE, file(), file(pdf("other"), { name: "more" })], []],
      ["a file under another name", [TYPE, file(pdf(), { name: "upload" })], []],
      ["no file", [TYPE], []],
      ["nothing", [], []],
      ["too many fields", [...Array.from({ length: 20 }, (_, at) => ({ name: `f${at}`, value: "" })), file()], []],
    ];
    for (const [what, parts, paths] of wrong)
      expect([what, await refused(world, run.id, formOf(parts))]).toEqual([
        what,
        { status: 400, code: "BAD_USER_INPUT", paths, ...NOTHING },
      ]);
    expect(await statusOf(world.bank, run.id)).toBe("DOCUMENTS_REQUIRED");
  });

  it("refuses a form that ends early or is none", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const bodies = [
      formOf([TYPE, file()], ""),
      formOf([TYPE, file()]).subarray(0, 250),
      Buffer.from("no form at all"),
      Buffer.alloc(0),
    ];
    for (const body of bodies)
      expect(await refused(world, run.id, body)).toEqual({
        status: 400,
        code: "BAD_USER_INPUT",
        paths: [],
        ...NOTHING,
      });
  });

  it("refuses with the status for it whoever may not, what is not theirs, and what is not to be had", async () => {
    await using world = await givenArchiveGateway();
    const { bank, stranger } = world;
    const run = await givenRun(bank);
    const passed = await givenRun(bank, "PASSED");
    const reading = await givenKey(world, bank, "review");
    const form = formOf([TYPE, file()]);
    const attempts: readonly (readonly [Promise<Awaited<ReturnType<typeof refused>>>, number, string])[] = [
      [refused(world, run.id, form, { token: null }), 401, "UNAUTHENTICATED"],
      [refused(world, run.id, form, { token: "nonsense" }), 401, "UNAUTHENTICATED"],
      [refused(world, run.id, form, { token: reading.token }), 403, "FORBIDDEN"],
      [refused(world, run.id, form, { token: stranger.token }), 404, "NOT_FOUND"],
      [refused(world, "ver_nobody", form), 404, "NOT_FOUND"],
      [refused(world, passed.id, form), 409, "ILLEGAL_TRANSITION"],
      [refused(world, "", form), 400, "BAD_USER_INPUT"],
      [refused(world, `${run.id}&verification=${passed.id}`, form), 400, "BAD_USER_INPUT"],
      [refused(world, `${run.id}&type=x`, form), 400, "BAD_USER_INPUT"],
      [refused(world, run.id, form, { headers: { "content-type": "application/pdf" } }), 415, "BAD_USER_INPUT"],
      [refused(world, run.id, form, { headers: { "content-type": "multipart/form-data" } }), 400, "BAD_USER_INPUT"],
      [refused(world, run.id, form, { headers: { "content-encoding": "gzip" } }), 415, "BAD_USER_INPUT"],
    ];
    for (const [attempt, status, code] of attempts)
      expect(await attempt).toMatchObject({ status, code, changed: [], left: [] });
  });

  it("keeps nothing where the connection is cut in the middle", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const { changed } = await changedBy(world.app, async () => {
      const { call, status } = opened(world, run.id);
      call.write(formOf([TYPE, file(pdfOf(4 * MEGABYTE))]).subarray(0, 2 * MEGABYTE));
      await until(async () => (await comingIn(world)) > MEGABYTE);
      call.destroy();
      expect(await status).toBe(0);
      await until(async () => (await filesIn(world)).length === 0);
    });
    expect(changed).toEqual([]);
  });

  it("keeps nothing where the key is revoked in the middle", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const key = await givenKey(world, world.bank, "verify");
    const form = formOf([TYPE, file(pdfOf(MEGABYTE))]);
    async function* slowly() {
      yield form.subarray(0, MEGABYTE / 2);
      await until(async () => (await comingIn(world)) > 100_000);
      await world.app.commitAs(OPERATOR)((write) => revokeKey(write, key.keyId));
      yield form.subarray(MEGABYTE / 2);
    }
    const response = await fetch(addressOf(world, run.id), {
      method: "POST",
      headers: headersOf(key.token),
      body: slowly(),
      duplex: "half",
    });
    expect([response.status, await countOf(world, "document"), await filesIn(world)]).toEqual([401, 0, []]);
  });

  it("lets 16 uploads of a participant come in at once, refuses one more, and others not", async () => {
    await using world = await givenArchiveGateway();
    const { bank, fintech } = world;
    const run = await givenRun(bank);
    const other = await givenRun(fintech);
    const form = (at: number): Buffer => formOf([TYPE, file(pdf(`page ${at} ${"x".repeat(100_000)}`))]);
    const running = Array.from({ length: 16 }, (_, at) => {
      const { call, status } = opened(world, run.id);
      call.write(form(at).subarray(0, 80_000));
      return { status, end: () => call.end(form(at).subarray(80_000)) };
    });
    await until(async () => (await readdir(join(world.folder, "incoming")).catch(() => [])).length === 16);
    expect(await send(world, run.id, form(16))).toMatchObject({ status: 429, code: "RATE_LIMITED" });
    expect((await send(world, other.id, form(16), { token: fintech.token })).status).toBe(201);
    for (const { end } of running) end();
    expect(await Promise.all(running.map(({ status }) => status))).toEqual(running.map(() => 201));
    expect((await send(world, run.id, form(16))).status).toBe(201);
  });

  it("says nothing personal in the log", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const { told } = await send(world, run.id, formOf([TYPE, file()]));
    await send(world, run.id, formOf([TYPE, file(Buffer.from("x"))]));
    await (await show(world, told.document!.id, "?reason=Ada+asked")).arrayBuffer();
    await until(async () => world.logged.filter((line) => line.includes('"request"')).length >= 3);
    const log = world.logged.join("\n");
    expect(log).toContain('"path":"/documents"');
    expect(log).toContain('"path":"/documents/"');
    for (const word of ["Ada", "Moreno", "reason", run.id, told.document!.id]) expect(log).not.toContain(word);
  });
});

describe("GET /documents/{id}", () => {
  it("hands out the bytes as what they are, to be kept by nobody and shown by no browser, after it was recorded", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const name = "Überweisung 'Nº' (1).pdf";
    const { told } = await send(world, run.id, formOf([TYPE, file(pdf(), { filename: name })]));
    const answer = await show(world, told.document!.id);
    expect([answer.status, Object.fromEntries(answer.headers)]).toMatchObject([
      200,
      {
        "content-type": "application/pdf",
        "content-length": String(pdf().length),
        "content-disposition": "attachment; filename*=UTF-8''%C3%9Cberweisung%20%27N%C2%BA%27%20%281%29.pdf",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
      },
    ]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(pdf())).toBe(true);
    expect(await world.app.store.rows("select what, reason from reveal")).toEqual([
      { what: told.document!.id, reason: "blurred" },
    ]);
  });

  it("refuses with the status for it, and records nothing", async () => {
    await using world = await givenArchiveGateway();
    const { bank, stranger } = world;
    const run = await givenRun(bank);
    const { told } = await send(world, run.id, formOf([TYPE, file()]));
    const { id } = told.document!;
    const other = await givenKey(world, bank, "entities", "query", "analyse");
    const { changed } = await changedBy(world.app, async () => {
      const attempts: readonly (readonly [Promise<Response>, number])[] = [
        [show(world, id, "?reason=x", stranger.token), 404],
        [show(world, "doc_nothing"), 404],
        [show(world, ""), 404],
        [show(world, `x/${id}`), 404],
        [show(world, id, ""), 400],
        [show(world, id, "?reason="), 400],
        [show(world, id, "?reason=x", other.token), 403],
        [show(world, id, "?reason=x", "nonsense"), 401],
        [fetch(`${world.url}/documents/${id}?reason=x`), 401],
        [fetch(`${world.url}/documents/${id}?reason=x`, { method: "DELETE" }), 405],
        [fetch(`${world.url}/documents`), 405],
      ];
      for (const [attempt, status] of attempts) expect((await attempt).status).toBe(status);
    });
    expect(changed).toEqual([]);
  });
});
