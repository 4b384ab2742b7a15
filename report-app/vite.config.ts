import { defineConfig } from "vite";

// One classic script and one style sheet: report.html carries both inside, each allowed by its hash.
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: "../checks/report/bundle",
    emptyOutDir: true,
    lib: {
      entry: "src/main.tsx",
      formats: ["iife"],
      name: "gonogo",
      fileName: () => "report.js",
      cssFileName: "report",
    },
  },
});
