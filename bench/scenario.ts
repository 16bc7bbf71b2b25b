import type { Outcome } from "./figures.js";

/** How a run of the benchmark was asked for. */
export interface Run {
  readonly quick: boolean;
  /** How many alternating rounds: at least five, so that a spread means something. */
  readonly rounds: number;
  /** Where towns are kept from one run to the next. */
  readonly folder: string;
  /** Leaves a CPU profile of each gateway in `dist/profile`. */
  readonly profile: boolean;
  /** Says what is being done. */
  readonly tell: (what: string) => void;
}

/** One comparison; what it needs it builds. A bar that a quick run is too short for is named all the same. */
export type Scenario = (run: Run) => Promise<readonly Outcome[]>;
