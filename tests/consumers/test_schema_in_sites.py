"""The schema in the hands of site generators: Astro's collections and Hugo's archetypes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from copydesk import schema
from copydesk.check import check_file
from copydesk.frontmatter.reading import parse
from copydesk.shapes import shaped
from tests.consumers.installed import done, node_package, program, run
from tests.support.specimens import SEEDS
from tests.test_schema import BAD, GOOD, NAENARA

PAGE = """\
---
import { getCollection } from "astro:content";
const articles = await getCollection("COLLECTION");
---
<ul>{articles.map((one) => <li>{one.data.id} {one.data.date ?? ""} {one.data.author?.join("; ")}</li>)}</ul>
"""
CONFIG = 'export default { cacheDir: "./cache", vite: { cacheDir: "./vite" }, telemetry: false };\n'
TSC = (
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--target",
    "es2022",
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
)
STUBS = {
    "const glob = () => null;": 'import { glob } from "astro/loaders";',
    "const defineCollection = (one) => one;": 'import { defineCollection } from "astro:content";',
}
ANSWER = """
import fs from "node:fs";
const rows = JSON.parse(fs.readFileSync("rows.json", "utf8"));
console.log(JSON.stringify(rows.map((row) => collections.COLLECTION.schema.safeParse(row).success)));
"""


def documents(source: str) -> dict[str, str]:
    """Return the specimens of a source, by the name of their case; `article` is any source."""
    files = {file.parent.relative_to(SEEDS).as_posix().replace("/", "-"): file for file in SEEDS.rglob("expected.md")}
    texts = {case: file.read_text("utf-8") for case, file in sorted(files.items())}
    return {case: text for case, text in texts.items() if source == "article" or f'source_id: "{source}"' in text}


def collection(name: str) -> str:
    """Return what the collection of a schema is called."""
    return "articles" if name == "article" else name.replace("-", "_")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the folder of an Astro site without a collection."""
    astro = node_package("astro")
    (tmp_path / "node_modules").symlink_to(astro.parent)
    (tmp_path / "package.json").write_text('{"name": "site", "type": "module"}', "utf-8")
    (tmp_path / "astro.config.mjs").write_text(CONFIG, "utf-8")
    (tmp_path / "src" / "pages").mkdir(parents=True)
    return tmp_path


def fill(site: Path, name: str, texts: dict[str, str]) -> None:
    """Put the collection of a schema into a site, with documents and a page that lists them."""
    (site / "src" / "content.config.ts").write_text(shaped(name, "astro"), "utf-8")
    (site / "src" / "pages" / "index.astro").write_text(PAGE.replace("COLLECTION", collection(name)), "utf-8")
    folder = site / "src" / "content" / collection(name)
    folder.mkdir(parents=True)
    for case, text in texts.items():
        (folder / f"{case}.md").write_text(text, "utf-8")


def build(site: Path) -> list[str]:
    """Return the command that builds an Astro site."""
    return ["node", str((site / "node_modules" / "astro" / "astro.js").resolve()), "build"]


@pytest.mark.parametrize("name", schema.names())
def test_astro_builds_a_site_of_the_specimens(site: Path, name: str) -> None:
    """Astro takes the collection and every document into it, and the page shows the values as they are written."""
    texts = documents(name)
    fill(site, name, texts)
    done(build(site), site, ASTRO_TELEMETRY_DISABLED="1")
    page = (site / "dist" / "index.html").read_text("utf-8")
    data = [parse(text).data for text in texts.values()]

    assert page.count("<li>") == len(texts) > 1
    assert [each["id"] for each in data if f"<li>{each['id']} {each.get('date', '')} " not in page] == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [('lang: "en"', "lang: 3", "lang"), ('lang: "en"', 'lang: "EN!"', "lang"), ('lang: "en"\n', "", "lang"),
     ("date: \"2023-05-09\"", "date: 2023-05-09", "date"), ("archive:", "url:", "url")],
)  # fmt: skip
def test_astro_stops_at_what_is_wrong(site: Path, old: str, new: str, key: str) -> None:
    """A value that the schema refuses stops the build, with the file and the key, and a bare date does too."""
    text = documents("kcna")["kcna-layout-a"]
    assert old in text
    fill(site, "article", {"wrong-one": text.replace(old, new, 1)})
    said = run(build(site), site, ASTRO_TELEMETRY_DISABLED="1", NO_COLOR="1")

    assert said.returncode != 0
    assert "wrong-one" in said.stdout + said.stderr
    assert f"{key}: " in said.stdout + said.stderr


@pytest.mark.parametrize("version", ["astro/zod", "zod/v4"])
@pytest.mark.parametrize("name", schema.names())
def test_zod_agrees_with_the_schema(site: Path, name: str, version: str) -> None:
    """Astro's zod and the next accept and refuse what the schema does, but for what concerns several keys at once."""
    rows = [(GOOD, ""), (NAENARA, ""), *((data, fact) for data, _, fact in BAD)]
    rows = [(data, fact) for data, fact in rows if _is_known_to_zod(data, fact)]
    config = shaped(name, "astro").replace('"astro/zod"', f'"{version}"')
    for wanted, module in STUBS.items():
        assert module in config
        config = config.replace(module, wanted)
    (site / "answer.mjs").write_text(config + ANSWER.replace("COLLECTION", collection(name)), "utf-8")
    (site / "rows.json").write_text(json.dumps([data for data, _ in rows]), "utf-8")
    said = json.loads(done(["node", "answer.mjs"], site))

    assert [schema.problems(data, name) == [] for data, _ in rows] == said
    assert len(rows) > 100


def _is_known_to_zod(data: dict[str, Any], fact: str) -> bool:
    """Tell whether zod is asked to know it: not how the id goes with the date, or the place with the dateline."""
    return not fact.startswith("is not an id with the") and ("dateline" in data or data is NAENARA)


def test_typescript_accepts_the_collection(site: Path) -> None:
    """The collection is well typed TypeScript under `strict`, and its values have the types of the schema."""
    tsc = node_package("typescript") / "bin" / "tsc"
    fill(site, "article", {"one": documents("kcna")["kcna-layout-a"]})
    done(build(site), site, ASTRO_TELEMETRY_DISABLED="1")
    typed = 'import { getCollection } from "astro:content";\nconst [one] = await getCollection("articles");\n'
    typed += "const day: string | undefined = one?.data.date;\nconst by: string[] | undefined = one?.data.author;\n"
    typed += 'const version: "copydesk/article/1" | undefined = one?.data.schema;\nexport { day, by, version };\n'
    (site / "src" / "good.ts").write_text(typed, "utf-8")
    (site / "src" / "bad.ts").write_text(typed.replace("string[]", "number"), "utf-8")
    command = ["node", str(tsc), *TSC, ".astro/types.d.ts", "src/content.config.ts"]

    done([*command, "src/good.ts"], site)
    assert "error TS2322" in run([*command, "src/bad.ts"], site).stdout


def _hugo(folder: Path, *names: str) -> list[str]:
    """Return the command of the installed Hugo that makes a page; since 0.112 it is `new content`."""
    hugo = program("hugo")
    version = done([hugo, "version"], folder).partition("hugo v")[2].split("-")[0].split("+")[0]
    later = tuple(map(int, version.split(".")[:2])) >= (0, 112)
    return [hugo, "new", *(("content",) if later else ()), *names]


@pytest.mark.parametrize("name", schema.names())
def test_hugo_makes_a_page_that_check_accepts(name: str, tmp_path: Path) -> None:
    """`hugo new content` fills the archetype in, and `copydesk check` finds no fault but that a person wrote it."""
    for folder in ("archetypes", "content"):
        (tmp_path / folder).mkdir()
    (tmp_path / "archetypes" / f"{collection(name)}.md").write_text(shaped(name, "hugo"), "utf-8")
    (tmp_path / "hugo.toml").write_text('title = "A site"\n', "utf-8")
    shutil.copy(tmp_path / "hugo.toml", tmp_path / "config.toml")  # the name before 0.110
    done(_hugo(tmp_path, f"{collection(name)}/two-words.md"), tmp_path)
    done(_hugo(tmp_path, f"{collection(name)}/others.md"), tmp_path)
    pages = [tmp_path / "content" / collection(name) / page for page in ("two-words.md", "others.md")]
    data = [parse(page.read_text("utf-8")).data for page in pages]

    assert [fault for page in pages for fault in check_file(page) if "was edited" not in fault.message] == []
    assert data[0]["title"] == "two words"
    assert data[0]["lang"] == "en"
    assert data[0]["id"] != data[1]["id"]
    assert data[0]["source_id"] == ("unknown" if name == "article" else name)
