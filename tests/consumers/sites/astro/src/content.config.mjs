import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";

const articles = defineCollection({
  loader: glob({ pattern: "**/*.md", base: "./content" }),
  schema: z.object({ title: z.string().optional(), date: z.string().date().optional() }).passthrough(),
});

export const collections = { articles };
