"""Reading data (資料匯入): whole or not at all, with row, column and reason of every fault.

`read_folder` and `read_file` are the way in; `stated` tells what they give.
"""

from minben.indicators.reading.files import read_file, read_folder
from minben.indicators.reading.stated import Content, Options, Stated, Variable

__all__ = ["Content", "Options", "Stated", "Variable", "read_file", "read_folder"]
