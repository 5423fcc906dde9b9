"""The tools that people read Markdown and frontmatter with, and what each makes of what Copydesk writes."""
