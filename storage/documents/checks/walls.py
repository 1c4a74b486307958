"""The walls that the kernel puts around a process before it reads a hostile file: raised where they can be, and named.

- `uid`: another account than whoever started it (root alone can change it), or a user namespace of its own;
- `network`: a network namespace without any interface;
- `files`: Landlock, by which no file opens, no program starts, no process outside is looked into or signalled;
- `calls`: seccomp, by which only the calls that reading needs are answered.

Sources: user_namespaces(7), landlock(7), seccomp(2).
"""

import contextlib
import ctypes
import os
from pathlib import Path
from typing import Final

from storage.documents.checks.calls import filter_of

UID, NETWORK, FILES, CALLS = "uid", "network", "files", "calls"
EVERY: Final = (UID, NETWORK, FILES, CALLS)
NOBODY_ELSE: Final = (64_973, 65_534)
"""An account that no distribution gives, then `nobody` where a container knows few accounts."""

_libc: Final = ctypes.CDLL(None, use_errno=True)
_NEW_USER, _NEW_NETWORK, _NEW_IPC, _NEW_UTS = 0x10000000, 0x40000000, 0x08000000, 0x04000000
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_READ: Final = 1 << 2 | 1 << 3


def lacking(walls: tuple[str, ...]) -> tuple[str, ...]:
    """What a process behind these walls could still do: reach the `network`, read `files`. None, if it is confined."""
    apart = {"network": {NETWORK, CALLS}, "files": {FILES, CALLS}}
    return tuple(what for what, any_of in apart.items() if any_of.isdisjoint(walls))


def raised(readable: Path | None = None) -> tuple[str, ...]:
    """Raise every wall that this kernel allows, for good; their names. The files of `readable` still open."""
    stand = [*_namespaces(), *_other_account(readable)]
    _drop_capabilities()
    _libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if _landlock(readable):
        stand.append(FILES)
    if _seccomp(opens=readable is not None):
        stand.append(CALLS)
    return tuple(wall for wall in EVERY if wall in stand)


def _namespaces() -> tuple[str, ...]:
    if os.geteuid() == 0:
        return (NETWORK,) if _libc.unshare(_NEW_NETWORK | _NEW_IPC | _NEW_UTS) == 0 else ()
    account, group = os.geteuid(), os.getegid()
    if _libc.unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC | _NEW_UTS) != 0:
        return ()
    with contextlib.suppress(OSError):  # unmapped, it is nobody: the namespace stands all the same
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{NOBODY_ELSE[1]} {account} 1")
        Path("/proc/self/gid_map").write_text(f"{NOBODY_ELSE[1]} {group} 1")
    return (UID, NETWORK)


def _other_account(readable: Path | None) -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    for account in NOBODY_ELSE:
        try:
            for place in (readable, *readable.iterdir()) if readable is not None else ():
                os.chown(place, account, account)
            os.setgroups([])
            os.setresgid(account, account, account)
            os.setresuid(account, account, account)
        except OSError:
            continue
        return (UID,)
    return ()


def _drop_capabilities() -> None:
    """A process has all of them in a user namespace of its own."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _libc.capset(header, (ctypes.c_uint32 * 6)())


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def _landlock(readable: Path | None) -> bool:
    version = _libc.syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    files = 13 + (version >= 2) + (version >= 3) + (version >= 5)
    rules = _Rules((1 << files) - 1, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 8 + 8 * (version >= 4) + 8 * (version >= 6)
    ruleset = _libc.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        return _admitted(ruleset, readable) and _libc.syscall(_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _admitted(ruleset: int, readable: Path | None) -> bool:
    if readable is None:
        return True
    folder = os.open(readable, os.O_PATH | os.O_CLOEXEC)
    try:
        return bool(_libc.syscall(_ADD, ruleset, 1, ctypes.byref(_Beneath(_READ, folder)), 0) == 0)
    finally:
        os.close(folder)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _seccomp(*, opens: bool) -> bool:
    written = filter_of(os.uname().machine, opens=opens)
    if not written:
        return False
    program = _Program(len(written) // 8, written)
    return bool(_libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
