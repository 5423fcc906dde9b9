// Gives each text of a JSON array on standard input to one JavaScript engine or reader, and answers with an array.
// An answer is what the tool made of the text, or { error }. Arguments: the tool, the folder with node_modules.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.argv[3], "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

const markdownIt = async (preset, options) => {
  const MarkdownIt = (await load("markdown-it")).default;
  const engine = new MarkdownIt(preset, { html: true, ...options });
  return (text) => engine.render(text);
};

const unified = async (gfm) => {
  const names = ["remark-parse", "remark-gfm", "remark-rehype", "rehype-raw", "rehype-stringify"];
  const [parse, tables, rehype, raw, stringify] = (await Promise.all(names.map(load))).map((module) => module.default);
  const start = (await load("unified")).unified().use(parse);
  const engine = (gfm ? start.use(tables) : start).use(rehype, { allowDangerousHtml: true }).use(raw).use(stringify);
  return (text) => String(engine.processSync(text));
};

const makers = {
  marked: async () => {
    const { marked } = await load("marked");
    return (text) => marked.parse(text);
  },
  commonmark: async () => {
    const { Parser, HtmlRenderer } = await load("commonmark");
    return (text) => new HtmlRenderer().render(new Parser().parse(text));
  },
  "markdown-it": () => markdownIt("commonmark", {}),
  "markdown-it, all rules": () => markdownIt("default", { linkify: true }),
  micromark: async () => {
    const { micromark } = await load("micromark");
    return (text) => micromark(text, { allowDangerousHtml: true });
  },
  "micromark, gfm": async () => {
    const [{ micromark }, { gfm, gfmHtml }] = [await load("micromark"), await load("micromark-extension-gfm")];
    const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
    return (text) => micromark(text, options);
  },
  "remark, rehype": () => unified(false),
  "remark, rehype, gfm": () => unified(true),
  "js-yaml": async () => (await load("js-yaml")).load,
  "js-yaml 4": async () => (await load("js-yaml-4")).load,
  "js-yaml, YAML 1.1": async () => {
    const { load: read, YAML11_SCHEMA } = await load("js-yaml");
    return (text) => read(text, { schema: YAML11_SCHEMA });
  },
  "yaml, 1.1": async () => {
    const { parse } = await load("yaml");
    return (text) => parse(text, { version: "1.1" });
  },
  "yaml, 1.2": async () => {
    const { parse } = await load("yaml");
    return (text) => parse(text, { version: "1.2" });
  },
  "gray-matter": async () => {
    const matter = (await load("gray-matter")).default;
    return (text) => matter(`---\n${text}---\n\nThe body.\n`).data;
  },
};

const ask = await makers[process.argv[2]]();
const texts = JSON.parse((await process.stdin.setEncoding("utf8").toArray()).join(""));
const answers = texts.map((text) => {
  try {
    return ask(text);
  } catch (error) {
    return { error: String(error) };
  }
});
process.stdout.write(JSON.stringify(answers));
