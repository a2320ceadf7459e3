"""Alembic's entry: runs the revisions on the connection that `storage/schema.py` hands over."""

from alembic import context

from storage.tables.metadata import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
    compare_type=True,
)
context.run_migrations()
