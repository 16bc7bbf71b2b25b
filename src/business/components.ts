/** Whither one can go from a node. */
export type Next = (id: string) => readonly string[];

/**
 * The strongly connected components of everything that can be reached from `start`: whoever lies on a ring lies with all of that
 * ring. In topological order: nobody can be reached from a component that comes later. Does not recurse: a chain may be long.
 */
export function components(start: string, next: Next): string[][] {
  const finished = finishOrder(start, next);
  const back = reversed(finished, next);
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const id of finished.toReversed()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const component = [id];
    // The list grows while it is walked.
    for (const one of component)
      for (const before of back.get(one) ?? []) {
        if (seen.has(before)) continue;
        seen.add(before);
        component.push(before);
      }
    found.push(component);
  }
  return found;
}

/** Everything that can be reached, each after what is reached from it alone. */
function finishOrder(start: string, next: Next): string[] {
  const seen = new Set([start]);
  const order: string[] = [];
  const open = [{ id: start, rest: next(start).values() }];
  for (let last = open.at(-1); last; last = open.at(-1)) {
    const { done, value } = last.rest.next();
    if (done) {
      order.push(last.id);
      open.pop();
    } else if (!seen.has(value)) {
      seen.add(value);
      open.push({ id: value, rest: next(value).values() });
    }
  }
  return order;
}

function reversed(ids: readonly string[], next: Next): ReadonlyMap<string, string[]> {
  const back = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const id of ids) for (const to of next(id)) back.get(to)!.push(id);
  return back;
}
