"""Import of a folder of Markdown files, as Jekyll, Hugo and their relatives keep them.

`importing` walks through the folder; the other modules each know one thing: `files` the disk,
`front_matter`, `dates` and `fields` the head of a file, `liquid`, `shortcodes` and `kramdown` what
is not Markdown in its body, `links`, `catalogue` and `pictures` what it points to, `preparing` all
of these together, `storing` the database.
"""
