/** Ends a test run with one plain line that any CI can read. A test file that did not load counts as a failure. */
export default class SummaryReporter {
  onRunComplete(_contexts, result) {
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    const skipped = result.numPendingTests + result.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    // Jest prints its own totals after every other reporter, so ours waits for the very end.
    process.once("exit", () => console.log(`${result.numPassedTests} passed, ${failed} failed${tail}`));
  }
}
