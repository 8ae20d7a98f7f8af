"""Reading data (資料匯入): whole or not at all, with row, column and reason of every fault."""
