import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { startDemo } from "../support/demo.js";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = BROWSERS.find((path) => existsSync(path));

const FLAGS = [
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const SCREENSHOT = fileURLToPath(new URL("../../dist/playground.png", import.meta.url));

/** Everything that went wrong on a page, or went where it must not. */
function watch(page: Page, home: string) {
  const outside: string[] = [];
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== home) outside.push(request.url());
  });
  return { outside, complaints };
}

/** Opens the playground once its editor shows the first example and the schema has come. */
async function open(page: Page, url: string): Promise<void> {
  const schema = page.waitForResponse((response) => response.request().postData()?.includes("__schema") ?? false);
  await page.goto(new URL("/playground/", url).href);
  await schema;
  await page.locator(".graphiql-query-editor .view-line").first().waitFor();
}

/** Presses the run button until it takes, because the editor ignores it while it is still getting ready. */
async function run(page: Page): Promise<string> {
  const result = page.locator(".graphiql-response .view-lines");
  for (let tries = 0; tries < 30; tries++) {
    await page.locator("button.graphiql-execute-button").click();
    await page.waitForTimeout(300);
    const text = (await result.innerText({ timeout: 500 }).catch(() => "")).replaceAll("\u00a0", " ");
    if (text.includes('"data"') || text.includes('"errors"')) return text;
  }
  throw new Error("The run button never showed a result.");
}

const suite = executablePath ? describe : describe.skip;

if (!executablePath) console.warn("The browser test is skipped: no Chromium or Chrome is installed here.");

suite("playground", () => {
  let browser: Browser;
  let demo: Awaited<ReturnType<typeof startDemo>>;

  beforeAll(async () => {
    demo = await startDemo();
    browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: FLAGS });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  it("shows examples and runs the first one, all from this gateway alone", async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const { outside, complaints } = watch(page, new URL(demo.url).origin);
    await open(page, demo.url);
    expect(await page.getByRole("tab").count()).toBeGreaterThan(1);

    const result = await run(page);
    await page.screenshot({ path: SCREENSHOT });
    expect(result).toContain('"data"');
    expect(result).not.toContain('"errors"');
    expect(await page.locator(".bar output").innerText()).toMatch(/^Cost of the last answer: /);
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate("localStorage.length")).toBe(0);
  }, 60_000);

  it("says in a sentence that a key is not known", async () => {
    const page = await browser.newPage();
    await open(page, demo.url);
    await page.getByLabel("Asking as").selectOption("");
    await page.getByLabel("Key", { exact: true }).fill("not-a-key");
    await page.getByLabel("Key", { exact: true }).press("Enter");
    await run(page);
    expect(await page.locator(".bar output").innerText()).toContain("This key is not known here");
  }, 60_000);

  it("asks as the participant that an example is meant for", async () => {
    const page = await browser.newPage();
    await open(page, demo.url);
    const response = await fetch(new URL("/playground/config.json", demo.url));
    const { tabs } = (await response.json()) as { tabs: { as?: string }[] };
    const meant = [...tabs.entries()].filter(([, { as }]) => as !== undefined);
    const chosen: string[] = [];
    for (const [index] of meant) {
      await page.getByRole("tab").nth(index).click();
      chosen.push(await page.getByLabel("Asking as").inputValue());
    }
    expect(chosen).toEqual(meant.map(([, { as }]) => as));
  }, 60_000);
});
