import "graphiql/setup-workers/vite";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import type { Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { getOperationAST, type IntrospectionQuery, OperationTypeNode } from "graphql";
import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import {
  type Answer,
  ask,
  costOf,
  type DemoKey,
  follow,
  introspect,
  loadSetup,
  type Setup,
  troubleOf,
} from "./gateway.js";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./style.css";

const PLUGINS = [explorerPlugin()];

const OTHER = "";

const WELCOME = "# Ask something, and press Ctrl-Enter. The explorer on the left lists what can be asked.\n";

/** What is typed here may be somebody's identity: the browser forgets it with the page. */
function forgetful() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
}

const STORAGE = forgetful();

interface KeyChoiceProps {
  readonly keys: readonly DemoKey[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  readonly onEnter: (token: string) => void;
}

/** Who asks: a demo participant, or whoever holds the key that is entered. */
function KeyChoice({ keys, chosen, onChoose, onEnter }: KeyChoiceProps) {
  const enter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = new FormData(event.currentTarget).get("key");
    onEnter(typeof key === "string" ? key.trim() : "");
  };
  return (
    <>
      <label>
        Asking as
        <select value={chosen} onChange={(event) => onChoose(event.target.value)}>
          {keys.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={OTHER}>the holder of another key</option>
        </select>
      </label>
      {chosen === OTHER && (
        <form onSubmit={enter}>
          <label>
            Key
            <input name="key" type="password" autoComplete="off" maxLength={200} />
          </label>
          <button type="submit">Use</button>
        </form>
      )}
    </>
  );
}

/** The schema, asked for with each new key until one is good for it. */
function useSchema(token: string, onAnswer: (answer: Answer) => void): IntrospectionQuery | null {
  const [schema, setSchema] = useState<IntrospectionQuery | null>(null);
  const known = schema !== null;
  useEffect(() => {
    if (known) return;
    introspect(token).then(
      ({ schema: found, answer }) => (found ? setSchema(found) : onAnswer(answer)),
      () => onAnswer({ errors: [{ message: "The gateway does not answer." }] }),
    );
  }, [token, known, onAnswer]);
  return schema;
}

/** Sends what the editor runs with the key of that moment, so that changing the key disturbs nothing else. */
function useFetcher(token: RefObject<string>, onAnswer: (answer: Answer) => void): Fetcher {
  return useCallback<Fetcher>(
    async (request, options) => {
      const operation = options?.documentAST && getOperationAST(options.documentAST, request.operationName);
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION)
        return follow(request, token.current) as unknown as Awaited<ReturnType<Fetcher>>;
      const answer = await ask(request, token.current, options?.headers);
      onAnswer(answer);
      return answer as Awaited<ReturnType<Fetcher>>;
    },
    [token, onAnswer],
  );
}

/** Follows the open tab, and tells of it once whenever another one is opened. */
function useOpenedTab(onOpen: (title: string) => void) {
  const open = useRef<string | null>(null);
  return ({ tabs, activeTabIndex }: { tabs: { id: string; title: string }[]; activeTabIndex: number }) => {
    const tab = tabs[activeTabIndex];
    if (!tab || tab.id === open.current) return;
    open.current = tab.id;
    onOpen(tab.title);
  };
}

/** The title that the editor gives to a tab: the name of its operation. */
const tabTitle = (query: string): string | undefined => /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1];

function usePlayground({ keys, tabs }: Setup) {
  const [title, setTitle] = useState<string | null>(tabTitle(tabs[0]?.query ?? "") ?? null);
  const known = (name: string | undefined) => keys.find((key) => key.name === name);
  const [chosen, setChosen] = useState((known(tabs[0]?.as) ?? keys[0])?.name ?? OTHER);
  const [entered, setEntered] = useState("");
  const [answer, setAnswer] = useState<Answer>({});
  const token = known(chosen)?.token ?? entered;
  const held = useRef(token);
  held.current = token;
  const choose = (name: string) => {
    setChosen(name);
    setAnswer({});
  };
  const onTabChange = useOpenedTab((opened) => {
    setTitle(opened);
    const as = tabs.find((tab) => tabTitle(tab.query) === opened)?.as;
    if (as && known(as)) choose(as);
  });
  return {
    schema: useSchema(token, setAnswer),
    fetcher: useFetcher(held, setAnswer),
    example: tabs.find((tab) => tabTitle(tab.query) === title)?.title,
    cost: costOf(answer),
    trouble: troubleOf(answer, token),
    choice: { keys, chosen, onChoose: choose, onEnter: setEntered },
    onTabChange,
  };
}

function Playground({ setup }: { readonly setup: Setup }) {
  const { schema, fetcher, example, cost, trouble, choice, onTabChange } = usePlayground(setup);
  return (
    <>
      <header className="bar">
        <h1>Attestry</h1>
        <KeyChoice {...choice} />
        <span className="example">{example}</span>
        <output className={trouble ? "trouble" : ""}>{trouble ?? (cost && `Cost of the last answer: ${cost}`)}</output>
      </header>
      <main>
        <GraphiQL
          schema={schema}
          fetcher={fetcher}
          plugins={PLUGINS}
          storage={STORAGE}
          defaultTheme="light"
          defaultQuery={WELCOME}
          {...(setup.tabs.length > 0
            ? { defaultTabs: setup.tabs.map(({ query, variables }) => ({ query, variables })) }
            : {})}
          onTabChange={onTabChange}
        >
          <GraphiQL.Logo> </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

const root = createRoot(document.querySelector("#root") ?? document.body);
root.render(<Playground setup={await loadSetup()} />);
