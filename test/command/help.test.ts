import { Command } from "commander";
import { addAudit } from "../../src/command/audit.js";
import { addCertificate } from "../../src/command/certificate.js";
import { addClock } from "../../src/command/clock.js";
import { addDemo } from "../../src/command/demo.js";
import { addFurnish } from "../../src/command/furnish.js";
import { addKey } from "../../src/command/key.js";
import { addMigrate } from "../../src/command/migrate.js";
import { addMove } from "../../src/command/move.js";
import { addNetwork } from "../../src/command/network.js";
import { addParticipant } from "../../src/command/participant.js";
import { addSchema } from "../../src/command/schema.js";
import { addSigningKey } from "../../src/command/signing-key.js";
import { addStart } from "../../src/command/start.js";
import { addVerify } from "../../src/command/verify.js";
import { addWorker } from "../../src/command/worker.js";
import { givenDesk } from "./attestry.js";

const ADD = [
  addStart,
  addDemo,
  addMigrate,
  addMove,
  addSchema,
  addParticipant,
  addNetwork,
  addKey,
  addSigningKey,
  addFurnish,
  addVerify,
  addWorker,
  addClock,
  addCertificate,
  addAudit,
];

const program = new Command("attestry");
for (const add of ADD) add(program);

/** A command and all below it, each under its whole name. */
const below = (command: Command, name: string): [string, Command][] => [
  [name, command],
  ...command.commands.flatMap((one) => below(one, `${name} ${one.name()}`)),
];

const COMMANDS = below(program, "attestry").slice(1);

/** The help of a command as it is printed. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

describe("attestry --help", () => {
  it.each(COMMANDS)("says what %s does, with every argument and option in words", (_name, command) => {
    const options = command.options.map(({ long, description }) => ({
      name: long ?? "",
      described: description !== "",
    }));
    const named = [...options.map(({ name }) => name), ...command.registeredArguments.map((one) => one.name())];
    expect(command.description()).toMatch(/^[A-Z].*\.$/s);
    expect(options.filter(({ described }) => !described)).toEqual([]);
    const help = helpOf(command);
    expect(named.filter((name) => !help.includes(name))).toEqual([]);
  });

  it("names every variable that start reads", () => {
    const help = helpOf(COMMANDS.find(([name]) => name === "attestry start")![1]);
    const variables = [...help.matchAll(/^ {2}([A-Z_]+) +\S/gm)].map(([, name]) => name);
    expect(variables).toEqual([
      "DATABASE_URL",
      "DOCUMENTS_FOLDER",
      "ATTESTRY_MASTER_KEY",
      "ATTESTRY_INDEX_KEY",
      "ATTESTRY_ISSUER",
      "HOST",
      "PORT",
      "PLAYGROUND",
      "INTROSPECTION",
      "CORS_ORIGINS",
      "COST_LIMIT",
      "COST_PER_MINUTE",
      "DRAIN_SECONDS",
      "DRAIN_NOTICE_SECONDS",
      "OIDC_ISSUER",
      "OIDC_AUDIENCE",
      "OIDC_JWKS_URL",
      "PROVIDER",
      "SANDBOX_DELAY_SECONDS",
      "PROVIDER_URL",
      "PROVIDER_SECRET",
      "PROVIDER_ALLOW_PRIVATE",
      "PROVIDER_TIMEOUT_SECONDS",
      "PROVIDER_SILENT_HOURS",
      "WORKERS",
      "EVENT_RETENTION_DAYS",
      "LEVELS_FILE",
      "LOG_LEVEL",
    ]);
  });

  it("shows the first minute, and every command of it exists", async () => {
    using desk = givenDesk();
    const { code, out, err } = await desk.run("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const steps = [...out.matchAll(/^ {2}(?:export .*\()?(attestry [a-z-]+(?: [a-z-]+)?)/gm)].map(([, step]) => step!);
    const known = new Set(COMMANDS.map(([name]) => name));
    expect(steps.length).toBeGreaterThan(6);
    expect(steps.filter((step) => !known.has(step) && !known.has(step.split(" ").slice(0, 2).join(" ")))).toEqual([]);
  });
});
