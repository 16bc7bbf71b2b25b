import { filesBelow, textOf } from "./source.js";
import { bound, untidy } from "./tidiness.js";

const SOURCE = "src/entity/register.ts";

const long = (lines: number): string => "  one();\n".repeat(lines);

const WRONG: readonly (readonly [string, string, string, string])[] = [
  ["a function of 71 lines", SOURCE, `// é\nfunction f() {\n${long(69)}}`, `${SOURCE}:2 has a function of 71 lines`],
  ["an arrow of 71 lines", SOURCE, `const f = () => {\n${long(69)}};`, `${SOURCE}:1 has a function of 71 lines`],
  ["a method of 71 lines", SOURCE, `class A {\n  f() {\n${long(69)}}\n}`, `${SOURCE}:2 has a function of 71 lines`],
  ["a file of 401 lines", SOURCE, long(401), `${SOURCE} has 401 lines`],
  ["a vague name", "src/entity/string-utils.ts", "", "src/entity/string-utils.ts has a vague name"],
  ["a vague folder", "src/helpers/text.ts", "", "src/helpers/text.ts has a vague name"],
  ["a type that is any", SOURCE, "const a: any = 1;", `${SOURCE} uses any`],
  ["a cast to any", SOURCE, "f(a as any[]);", `${SOURCE} uses any`],
  ["a reminder", SOURCE, "// TODO later", `${SOURCE} has a reminder`],
  ["printing", SOURCE, 'console.log("x");', `${SOURCE} uses console`],
  ["reading the environment", SOURCE, 'const a = process.env["A"];', `${SOURCE} uses process.env`],
  ["reading the clock", SOURCE, "const a = Date.now();", `${SOURCE} uses the clock`],
  ["reading the clock as a date", SOURCE, "const a = new Date();", `${SOURCE} uses the clock`],
];

const RIGHT: readonly (readonly [string, string, string])[] = [
  ["a function of 70 lines", SOURCE, `function f() {\n${long(68)}}`],
  ["a file of 400 lines", SOURCE, long(400)],
  ["a name that contains a vague one", "src/entity/database.ts", ""],
  ["a comment about any console", SOURCE, "// any console prints Date.now()"],
  ["a date that is given", SOURCE, "const a = new Date(at);"],
  ["printing from a command", "src/command/demo.ts", 'console.log("x");'],
  ["the environment in the configuration", "src/config.ts", "const a = process.env;"],
  ["the clock in the kernel", "src/kernel/instant.ts", "const a = Date.now();"],
];

describe("untidy", () => {
  it.each(WRONG)("finds %s", (_what, path, text, fault) => {
    expect(untidy(path, text)).toEqual([fault]);
  });

  it.each(RIGHT)("allows %s", (_what, path, text) => {
    expect(untidy(path, text)).toEqual([]);
  });
});

describe("bound", () => {
  it.each(["home", "work", "tmp", "root"])("finds a path below %s", (folder) => {
    expect(bound("README.md", ["one\nsee ", folder, "somebody"].join("/"))).toEqual(["README.md:2 names a machine"]);
  });

  it("finds the host of a registry", () => {
    expect(bound("package-lock.json", ["registry", "example", "org"].join("."))).toHaveLength(1);
  });

  it("leaves addresses and relative paths alone", () => {
    expect(bound("README.md", "https://example.org/home/page ./work/x src/network/tmp.ts")).toEqual([]);
  });
});

describe("the repository", () => {
  it("has tidy sources", () => {
    const sources = filesBelow("src").filter((path) => /\.tsx?$/.test(path));
    expect(sources.flatMap((path) => untidy(path, textOf(path)))).toEqual([]);
  });

  it("names no machine and no registry", () => {
    const texts = filesBelow(".").filter((path) => !/\.(?:png|ico|woff2?|ttf|sqlite\S*)$/.test(path));
    expect(texts.flatMap((path) => bound(path, textOf(path)))).toEqual([]);
  });
});
