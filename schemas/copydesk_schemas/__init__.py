"""The schemas of Copydesk's frontmatter: JSON Schema 2020-12 in YAML, one file each, and nothing else.

`article.yaml` says what every document has; `kcna.yaml` and `naenara.yaml` narrow it for one source. This is the
one copy: `copydesk.schema` reads it from beside this file, and `importlib.resources.files("copydesk_schemas")`
finds it in an editable install and in a wheel.
"""
