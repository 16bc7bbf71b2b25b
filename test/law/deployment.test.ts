import { existsSync } from "node:fs";
import { join } from "node:path";
import { givenDesk } from "../command/attestry.js";
import { type Deployment, misdeployed } from "./deployment.js";
import { ROOT, textOf } from "./source.js";

type File = Exclude<keyof Deployment, "has" | "commands">;

const WRONG: readonly (readonly [what: string, file: File, was: string | RegExp, is: string, fault: string])[] = [
  ["an old Node", "dockerfile", /node:\d+\.\d+/, "node:22.17", "The image has another Node than package.json."],
  [
    "a forgotten version",
    "manifest",
    /"version": "[\d.]+"/,
    '"version": "9.9.9"',
    "The image has another version than package.json.",
  ],
  ["root", "dockerfile", "USER 1000:1000", "USER root", "The image runs as root, or by a name."],
  [
    "a signal that nobody hears",
    "dockerfile",
    "STOPSIGNAL SIGTERM",
    "STOPSIGNAL SIGQUIT",
    "The image is not stopped by SIGTERM.",
  ],
  ["npm as the first process", "dockerfile", 'ENTRYPOINT ["node"', 'ENTRYPOINT ["npm"', "The image starts npm."],
  [
    "a default that is no command",
    "dockerfile",
    'CMD ["start"]',
    'CMD ["serve"]',
    "The image does by default what is no command.",
  ],
  [
    "a script that was left out",
    "dockerfile",
    " scripts/ready.mjs scripts/",
    " scripts/",
    "The image has no scripts/ready.mjs.",
  ],
  [
    "a secret in a layer",
    "dockerfile",
    "ENV NODE_ENV",
    "ENV ATTESTRY_MASTER_KEY=x NODE_ENV",
    "The image keeps ATTESTRY_MASTER_KEY.",
  ],
  ["a secret of the build", "dockerfile", "WORKDIR /app", "ARG NPM_TOKEN\nWORKDIR /app", "The image keeps NPM_TOKEN."],
  ["a folder that is gone", "dockerfile", "COPY src src", "COPY source src", "There is no source to copy."],
  ["a folder that is left behind", "dockerignore", "!schema\n", "", "schema is not sent to the build."],
  ["a build from everything", "dockerignore", /^\*$/m, "node_modules", "What is built from is not named."],
  [
    "a variable that nobody reads",
    "compose",
    /^ +WORKERS:/m,
    "    HANDS:",
    "worker is told HANDS, which means nothing.",
  ],
  [
    "a value that is refused",
    "compose",
    'DRAIN_SECONDS: "20"',
    'DRAIN_SECONDS: "a while"',
    "migrate would refuse its configuration.",
  ],
  ["a command that is gone", "compose", "command: [migrate]", "command: [upgrade]", "migrate runs what is no command."],
  ["another database", "compose", "@postgres:5432", "@database:5432", "gateway-2 looks for its database nowhere."],
  [
    "a key that is written down",
    "compose",
    /\$\{ATTESTRY_INDEX_KEY:\?[^}]+\}/,
    "hunter2",
    "ATTESTRY_INDEX_KEY is written down.",
  ],
  [
    "a key that may be missing",
    "compose",
    "${ATTESTRY_INDEX_KEY:?",
    "${ATTESTRY_INDEX_KEY:-",
    "ATTESTRY_INDEX_KEY is written down.",
  ],
  [
    "a password in an address",
    "compose",
    /attestry:\$\{[^}]+\}@/,
    "attestry:hunter2@",
    "DATABASE_URL has a password written down.",
  ],
  [
    "an example with a value",
    "example",
    "POSTGRES_PASSWORD=",
    "POSTGRES_PASSWORD=hunter2",
    ".env.example gives a value: POSTGRES_PASSWORD=hunter2",
  ],
  [
    "an example that lacks a name",
    "example",
    "POSTGRES_PASSWORD=",
    "",
    ".env.example does not name POSTGRES_PASSWORD.",
  ],
  ["an example of nothing", "example", "PROVIDER=", "VENDOR=", ".env.example names VENDOR, which means nothing."],
  [
    "another port in the image",
    "dockerfile",
    "PORT=4000",
    "PORT=4100",
    "The image exposes another port than it listens on.",
  ],
  [
    "another port of a gateway",
    "compose",
    'PORT: "4000"',
    'PORT: "4100"',
    "A gateway listens on another port than its image exposes.",
  ],
  ["a gateway that gets nothing", "balancer", /\n.*server gateway-2.*/, "", "There are not two gateways."],
  ["a port to nowhere", "compose", "-4000}:4000", "-4000}:4100", "Another port is published than the balancer's."],
  ["a door for everybody", "compose", '"127.0.0.1:$', '"$', "${ATTESTRY_PORT:-4000}:4000 is published to everybody."],
  [
    "a drain that is cut",
    "compose",
    "stop_grace_period: 40s",
    "stop_grace_period: 25s",
    "gateway-1 is killed while it drains.",
  ],
  [
    "a notice too short",
    "compose",
    'NOTICE_SECONDS: "5"',
    'NOTICE_SECONDS: "2"',
    "gateway-2 drains before the balancer notices.",
  ],
  [
    "a balancer that is cut",
    "balancer",
    "hard-stop-after 25s",
    "hard-stop-after 30s",
    "The balancer is killed while it drains.",
  ],
  [
    "a worker that is cut",
    "compose",
    /(?<=take to answer\.\n +stop_grace_period: )60s/,
    "40s",
    "worker is killed while a vendor may still answer.",
  ],
  [
    "files that can be changed",
    "compose",
    "read_only: true",
    "read_only: false",
    "postgres can write to its own files.",
  ],
  ["rights of the machine", "compose", "cap_drop: [ALL]", "cap_drop: [MKNOD]", "balancer keeps rights of the machine."],
  ["rights to be got", "compose", "no-new-privileges:true", "label:disable", "worker can get more rights."],
  [
    "a question that nobody can ask",
    "compose",
    "node, scripts/ready.mjs",
    "node, scripts/health.mjs",
    "gateway-1 is asked by scripts/health.mjs, which the image lacks.",
  ],
  ["nobody who asks", "compose", /\n +healthcheck: \{ disable: true \}/, "", "Nobody says whether migrate is well."],
  ["whatever is newest", "compose", "haproxy:3.2-alpine", "haproxy:alpine", "balancer is of no certain version."],
  [
    "an untried PostgreSQL",
    "compose",
    "postgres:18-",
    "postgres:17-",
    "PostgreSQL is of another major version than the one that tests run on.",
  ],
  [
    "documents apart",
    "compose",
    "/data/documents",
    "/var/documents",
    "worker keeps documents where nobody else finds them.",
  ],
];

describe("misdeployed", () => {
  let shipped: Deployment;

  beforeAll(async () => {
    using desk = givenDesk();
    const { out } = await desk.run("--help");
    shipped = {
      dockerfile: textOf("Dockerfile"),
      dockerignore: textOf(".dockerignore"),
      compose: textOf("compose.yaml"),
      example: textOf(".env.example"),
      balancer: textOf("deploy/haproxy.cfg"),
      manifest: textOf("package.json"),
      has: (path) => existsSync(join(ROOT, path)),
      commands: [...(out.split("Commands:")[1] ?? "").matchAll(/^ {2}(\w[\w-]*)/gm)].map(([, name]) => name!),
    };
  });

  it.each(WRONG)("finds %s", (_what, file, was, is, fault) => {
    const altered = shipped[file].replace(was, is);
    expect(altered === shipped[file]).toBe(false);
    expect(misdeployed({ ...shipped, [file]: altered })).toContain(fault);
  });

  it("finds nothing wrong with what is shipped", () => {
    expect(misdeployed(shipped)).toEqual([]);
  });
});
