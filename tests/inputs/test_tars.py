from __future__ import annotations

import io
import tarfile
from pathlib import Path

from copydesk.inputs import find, read

LONG = "l" * 90 + "/" + "m" * 90 + "/조선.txt"
MEMBERS = (
    (LONG, tarfile.REGTYPE),
    ("d.txt", tarfile.DIRTYPE),
    ("s.txt", tarfile.SYMTYPE),
    ("h.txt", tarfile.LNKTYPE),
    ("f.txt", tarfile.FIFOTYPE),
    ("./a.txt", tarfile.REGTYPE),
)


def test_all_forms_of_headers_are_read(tmp_path: Path) -> None:
    """Long names and names in any script are read in each form, and links and devices are counted."""
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        path = tmp_path / "a.tar"
        with tarfile.open(path, "w", format=form) as archive:
            for name, kind in MEMBERS:
                info = tarfile.TarInfo(name)
                info.type = kind
                info.linkname = "a.txt" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
                info.size = 3 if kind == tarfile.REGTYPE else 0
                archive.addfile(info, io.BytesIO(b"abc"))
        found = find([str(path)])

        assert [LONG, "a.txt"] == [item.inside for item in found.inputs]
        assert [b"abc", b"abc"] == [read(item) for item in found.inputs]
        assert found.passed_over == {"folder entry": 1, "link": 2, "special file": 1}


def test_a_name_in_no_script_can_be_shown(tmp_path: Path) -> None:
    """Bytes of a name that are no UTF-8 are shown as such, so that a report can hold them."""
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT, encoding="latin-1") as archive:
        archive.addfile(tarfile.TarInfo("\xe9.txt"))
    (item,) = find([str(path)]).inputs

    assert "\\xe9.txt" == item.inside
    assert item.shown.encode()
