import { pdf } from "./given-document.js";

/** One part of a form. */
export interface Part {
  readonly name: string;
  readonly value: string | Buffer;
  readonly filename?: string;
  readonly type?: string;
}

export const TYPE: Part = { name: "documentType", value: "id_passport" };
export const file = (value: Buffer = pdf(), over: Partial<Part> = {}): Part => ({
  name: "file",
  value,
  filename: "Ada Moreno.pdf",
  type: "application/pdf",
  ...over,
});

export const BOUNDARY = "----a-boundary-of-a-form";

/** The bytes of a form, as a browser spells it. */
export const formOf = (parts: readonly Part[], end = `--${BOUNDARY}--\r\n`): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, value, filename, type }) => [
      Buffer.from(
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n${
          type === undefined ? "" : `content-type: ${type}\r\n`
        }\r\n`,
      ),
      Buffer.from(value),
      Buffer.from("\r\n"),
    ]),
    Buffer.from(end),
  ]);
