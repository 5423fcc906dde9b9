import { defineConfig, passthroughImageService } from "astro/config";

export default defineConfig({
  build: { format: "file" },
  cacheDir: "./cache",
  image: { service: passthroughImageService() },
  // Typography is a switch of the site: off, quotes and dashes are shown as they are.
  markdown: { smartypants: false },
  vite: { cacheDir: "./cache/vite" },
});
