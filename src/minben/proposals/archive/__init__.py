"""Reading an archive of JOIN 提點子 (提議檔案之讀取): files in, checked records or faults out.

Nothing here touches the database. A line that can't be read becomes a :class:`~minben.proposals
.archive.faults.Reject` with its number, field and reason, and reading goes on with the next.

Source: the platform's own exports and public pages as collected in an archive of 2015-2018;
what the archive only guesses (disposition) is not read at all.
"""
