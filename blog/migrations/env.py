"""Alembic's way into our database; called by `core/migrating`, never by itself."""

from alembic import context

config = context.config


def render_item(kind, item, _context):
    """Write our own column types as what they are stored as, so that a script stays what it was."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


with config.attributes["engine"].connect() as connection:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=config.attributes["metadata"],
        render_as_batch=sqlite,
        render_item=render_item,
        compare_type=True,
        compare_server_default=False,
        include_object=lambda item, name, *_rest: name not in config.attributes["forgettable"],
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration would leave {len(broken)} broken references")
