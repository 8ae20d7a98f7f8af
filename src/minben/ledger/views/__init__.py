"""The log for machines (帳本介面): C2SP tlog-tiles, and what a recount needs beside it."""
