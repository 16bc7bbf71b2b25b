import { parse } from "graphql";
import { ask } from "../support/ask.js";
import { firstResult } from "../support/sse.js";
import { startDemo } from "../support/demo.js";
import { textOf } from "./source.js";

const blocks = (language: string): string[] =>
  [...textOf("README.md").matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , text]) => text ?? "");

const asked = blocks("graphql").map((query) => ({ query, as: /^# as: (.+)$/m.exec(query)?.[1] }));

describe("the README", () => {
  it("shows operations that the demo answers without errors, in their order, and what they promise", async () => {
    const demo = await startDemo();
    const answers = [];
    for (const { query, as } of asked) {
      const token = demo.keys.find(({ name }) => name === as)?.token;
      const follows = query.includes("subscription");
      answers.push(await (follows ? firstResult(demo, token!, query) : ask(demo, token ?? null, query)));
    }
    await demo.close();
    expect(answers.map(({ errors }) => errors)).toEqual(asked.map(() => undefined));
    const [followed, coverage, furnished, queried] = answers.map(({ data }) => data) as unknown as [
      { checkKyc: { verificationStatus: string } },
      { checkCoverage: { satisfiable: boolean; requirements: { key: string; reason: string }[] } },
      { furnishKyc: { replayed: boolean } },
      { queryCertificate: { certificate: { subProducts: unknown[] }; queryEvent: { price: string } } },
    ];
    expect(followed.checkKyc.verificationStatus).toBe("DOCUMENTS_REQUIRED");
    expect(coverage.checkCoverage.satisfiable).toBe(false);
    expect(coverage.checkCoverage.requirements).toContainEqual(
      expect.objectContaining({ key: "address_verification", reason: "MISSING" }),
    );
    expect(furnished.furnishKyc.replayed).toBe(false);
    expect(queried.queryCertificate.certificate.subProducts).toHaveLength(9);
    expect(queried.queryCertificate.queryEvent.price).toBe("2.50");
  });

  it("has only operations that say who asks", () => {
    expect(asked.length).toBeGreaterThan(0);
    for (const { query, as } of asked) {
      expect(parse(query).definitions).toHaveLength(1);
      expect(as).toBeDefined();
    }
  });

  it("names commands that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const named = [
      ...blocks("sh")
        .join("\n")
        .matchAll(/npm (start|test|run (\w+))/g),
    ].map(([, whole, name]) => name ?? whole!);
    expect(named).toEqual(expect.arrayContaining(["start", "test"]));
    for (const name of named) expect(scripts).toHaveProperty(name);
  });
});
