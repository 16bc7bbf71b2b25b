import { fileURLToPath } from "node:url";

/** Everything the page needs is in its bundle, editor workers included: it never asks another host for anything. */
export default {
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/playground/",
  logLevel: "error",
  build: {
    outDir: fileURLToPath(new URL("../../dist/playground", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 9000,
  },
};
