import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./soon.js";

const SHIPPED = fileURLToPath(new URL("../../deploy/haproxy.cfg", import.meta.url));

/** Where HAProxy is, or null on a machine without one. */
export const HAPROXY =
  ["/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy"].find((path) => existsSync(path)) ?? null;

/** The balancer as it is shipped, before gateways of a test. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Says something else in one place of the configuration; what is not there any more is no small change. */
function altered(text: string, [was, is]: readonly [was: string, is: string]): string {
  if (text.split(was).length !== 2) throw new Error(`The configuration says "${was}" not once.`);
  return text.replace(was, is);
}

/** The shipped configuration but for addresses, and for how many descriptors it may take on the machine of a test. */
const configurationOf = (port: number, gateways: readonly string[]): string =>
  [
    ["maxconn 20000", "maxconn 500"],
    ["bind :4000", `bind 127.0.0.1:${port}`],
    ...gateways.map((url, index) => [` gateway-${index + 1}:4000`, ` ${new URL(url).host}`] as const),
  ].reduce((text, change) => altered(text, change as [string, string]), readFileSync(SHIPPED, "utf8"));

/** Resolves when it has found both gateways. */
export async function givenBalancer(haproxy: string, gateways: readonly [string, string]): Promise<Balancer> {
  const folder = mkdtempSync(join(tmpdir(), "attestry-balancer-"));
  const file = join(folder, "haproxy.cfg");
  const port = await freePort();
  writeFileSync(file, configurationOf(port, gateways));
  const child = spawn(haproxy, ["-db", "-f", file], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const output of [child.stdout, child.stderr]) output.on("data", (text: Buffer) => (said += text.toString()));
  const ended = once(child, "close");
  const dispose = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const isReady = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`The balancer ended: ${said}`);
    return fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  try {
    await until(isReady, () => `the balancer to be ready: ${said}`);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { url, [Symbol.asyncDispose]: dispose };
}
