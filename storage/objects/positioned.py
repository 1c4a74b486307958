"""A file read where one stands in it, whoever gives its bytes: what `io` asks of every such file."""

import io


class Positioned(io.RawIOBase):
    """Reading moves `_position`; `length` is the whole."""

    def __init__(self, length: int) -> None:
        self.length, self._position = length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.length}[whence]
        self._position = max(0, start + offset)
        return self._position
