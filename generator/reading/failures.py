"""Why the system could not read or write a file, in Chinese: its own words are English."""

from __future__ import annotations

import errno
from pathlib import Path

from generator.findings import Code, Finding, InvalidInput

_REASONS = {
    errno.EACCES: "没有权限，或正被别的程序使用",
    errno.EPERM: "没有权限",
    errno.EBUSY: "正被别的程序使用",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件太大",
    errno.ENOENT: "路径中有不存在的文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "那里是一个文件夹",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "快捷方式互相指向",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
}


def reason_of(error: OSError) -> str:
    """What `error` means; its number where it is a rare one."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def not_written(path: Path, error: OSError) -> InvalidInput:
    """What is told where the file or folder `path` could not be written."""
    message = f"无法写入“{path}”（{reason_of(error)}）：请检查文件夹、磁盘空间和权限，并关闭已打开的同名文件。"
    return InvalidInput(Finding(Code.NOT_WRITTEN, message))
