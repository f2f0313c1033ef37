import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const output = process.env["ETUDE_CLIENT_OUTPUT"] ?? "../../../artifacts/client";

/** Writes a brotli twin beside each file that gains by it; the studio sends it to browsers that take it. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const entry of readdirSync(output, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|txt)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const twin = brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
        writeFileSync(path + ".br", twin);
      }
    },
  };
}

export default defineConfig({
  base: "/",
  build: {
    outDir: output,
    emptyOutDir: true,
    target: "es2022",
    // Data addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
  },
  server: { port: 5081, proxy: { "/api": "http://localhost:5080", "/openapi": "http://localhost:5080" } },
  plugins: [compressed()],
});
