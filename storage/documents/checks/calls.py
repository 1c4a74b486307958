"""The calls to the kernel that reading a file takes, as a program of seccomp: every other one is refused (EPERM)."""

import struct
from collections.abc import Iterator
from typing import Final

_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Which column of the tables below, and what the kernel calls this machine (AUDIT_ARCH)."""
_READING: Final = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "nanosleep": (35, 101),
    "getpid": (39, 172),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "exit": (60, 93),
    "fcntl": (72, 25),
    "gettimeofday": (96, 169),
    "getrusage": (98, 165),
    "times": (100, 153),
    "getuid": (102, 174),
    "getgid": (104, 176),
    "geteuid": (107, 175),
    "getegid": (108, 177),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "set_robust_list": (273, 99),
    "getrandom": (318, 278),
    "rseq": (334, 293),
}
_OPENING: Final = {
    "pread64": (17, 67),
    "getcwd": (79, 17),
    "sched_getaffinity": (204, 123),
    "getdents64": (217, 61),
    "openat": (257, 56),
    "newfstatat": (262, 79),
    "readlinkat": (267, 78),
    "faccessat": (269, 48),
    "membarrier": (324, 283),
    "statx": (332, 291),
    "faccessat2": (439, 439),
}
_OLD_OPENING: Final = (2, 4, 6, 21, 89)
"""open, stat, lstat, access, readlink: x86-64 alone has them."""
_MAPPING: Final = {"mmap": (9, 222), "mprotect": (10, 226)}
_CLONE: Final = (56, 220)
_CLONE3: Final = 435

_LOAD, _EQUAL, _AT_LEAST, _HAS, _GIVE = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST, _THIRD = 0, 4, 16, 32
_ALLOW, _KILL, _REFUSE, _ABSENT = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
_EXECUTABLE, _THREAD, _OTHER_ABI = 4, 0x10000, 0x40000000


def filter_of(machine: str, *, opens: bool) -> bytes:
    """The program for this machine, as the kernel reads it; empty when the machine is not one that we know.

    `opens` admits opening files and starting threads; memory that runs is never made.
    """
    if machine not in _MACHINES:
        return b""
    column, name = _MACHINES[machine]
    return b"".join(struct.pack("<HBBI", *each) for each in _program(column, name, opens=opens))


def _program(column: int, machine: int, *, opens: bool) -> Iterator[tuple[int, int, int, int]]:
    yield (_LOAD, 0, 0, _MACHINE)
    yield (_EQUAL, 1, 0, machine)
    yield (_GIVE, 0, 0, _KILL)
    yield (_LOAD, 0, 0, _NUMBER)
    yield (_AT_LEAST, 0, 1, _OTHER_ABI)
    yield (_GIVE, 0, 0, _KILL)
    numbers = [each[column] for each in (_READING | (_OPENING if opens else {})).values()]
    for number in (*numbers, *(_OLD_OPENING if opens and column == 0 else ())):
        yield (_EQUAL, 0, 1, number)
        yield (_GIVE, 0, 0, _ALLOW)
    for each in _MAPPING.values():
        yield from _unless(each[column], _THIRD, _EXECUTABLE, _REFUSE, _ALLOW)
    if opens:
        yield from _unless(_CLONE[column], _FIRST, _THREAD, _ALLOW, _REFUSE)
    yield (_EQUAL, 0, 1, _CLONE3)
    yield (_GIVE, 0, 0, _ABSENT)
    yield (_GIVE, 0, 0, _REFUSE)


def _unless(number: int, argument: int, bits: int, with_them: int, without: int) -> Iterator[tuple[int, int, int, int]]:
    """A call judged by the bits of one of its arguments."""
    yield (_EQUAL, 0, 4, number)
    yield (_LOAD, 0, 0, argument)
    yield (_HAS, 0, 1, bits)
    yield (_GIVE, 0, 0, with_them)
    yield (_GIVE, 0, 0, without)
