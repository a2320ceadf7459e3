"""What of a spreadsheet is hidden or struck out, named with its place, whichever program wrote it.

Places of cells and columns are counted from 1."""

from collections.abc import Callable, Sequence

from openpyxl.utils import get_column_letter

from bot.importing.raw import Inspection, RawTable, TableBuilder, is_empty


def name_struck(
    builder: TableBuilder, number: int, struck: Sequence[int], filled: int, inspection: Inspection
) -> None:
    """Name what is struck out in row `number`: these places, of so many cells that hold anything."""
    if not struck:
        return
    if len(struck) == filled:
        inspection.hidden(builder.file, builder.name, "This row is struck out", number)
        return
    for place in struck:
        in_table = place <= len(builder.columns)
        column = builder.columns[place - 1] if in_table else get_column_letter(place)
        inspection.hidden(builder.file, builder.name, "Something here is struck out", number, column)


def name_hidden(
    table: RawTable,
    columns: Sequence[str],
    inspection: Inspection,
    *,
    is_hidden: bool,
    hides_column: Callable[[int], bool],
) -> None:
    """Name a sheet that is hidden, and each column that hides something."""
    if is_hidden:
        inspection.hidden(table.file, table.name, "This sheet is hidden")
    for place, column in enumerate(columns, start=1):
        if hides_column(place) and any(not is_empty(row.cells.get(column)) for row in table.rows):
            inspection.hidden(
                table.file, table.name, f"Column {get_column_letter(place)} is hidden", 1, column
            )
