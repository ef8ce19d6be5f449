#!/usr/bin/env python3
"""Fetch the front-end files kept in the repository, from npm, and note version, licence and checksums.

Needs npm; running and building Gongkai does not. To take a newer version, change ``VERSION`` and run.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src" / "gongkai" / "web" / "static" / "vendor"
PACKAGE, VERSION, LICENCE = "@tabler/icons", "3.51.0", "MIT"
FOLDER = "tabler-icons"

# Our name (what it says) and the package's (what it shows). A page writes <use href="…sprite.svg#i-clock">.
ICONS = {
    "alert": "alert-triangle",
    "attachment": "paperclip",
    "back": "arrow-left",
    "book": "book-2",
    "building": "building",
    "cal": "calendar",
    "chart": "chart-bar",
    "check": "check",
    "clock": "clock",
    "court": "gavel",
    "cross": "x",
    "data": "database",
    "doc": "file-text",
    "docs": "files",
    "done": "circle-check",
    "down": "chevron-down",
    "download": "download",
    "external": "external-link",
    "eye": "eye",
    "filter": "filter",
    "forward": "arrow-right",
    "help": "help",
    "history": "history",
    "home": "home",
    "info": "info-circle",
    "law": "scale",
    "left": "chevron-left",
    "link": "link",
    "list": "list",
    "lock": "lock",
    "login": "login",
    "logout": "logout",
    "mail": "mail",
    "menu": "menu-2",
    "news": "news",
    "pause": "player-pause",
    "pen": "pencil",
    "people": "users",
    "plus": "plus",
    "print": "printer",
    "refused": "circle-x",
    "right": "chevron-right",
    "search": "search",
    "settings": "settings",
    "sound": "volume",
    "stamp": "rubber-stamp",
    "table": "table",
    "text": "text-size",
    "trash": "trash",
    "up": "chevron-up",
    "upload": "upload",
    "user": "user",
    "verified": "shield-check",
}


def fetch(folder: Path) -> tuple[Path, str]:
    """The package's tarball and npm's integrity value for it."""
    done = subprocess.run(
        ["npm", "pack", f"{PACKAGE}@{VERSION}", "--json", "--silent", "--pack-destination", str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    answer = json.loads(done.stdout)
    # npm 11 answers with a list; later ones with an object by package name.
    entry = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
    return next(folder.glob("*.tgz")), entry["integrity"]


def read(tarball: Path, names: list[str]) -> dict[str, str]:
    """The named files of the package."""
    with tarfile.open(tarball) as archive:
        found = {}
        for name in names:
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise SystemExit(f"{PACKAGE} {VERSION} holds no file {name}")
            found[name] = member.read().decode("utf-8")
        return found


def symbol(name: str, svg: str) -> str:
    """One icon as a symbol, without what our own CSS decides: size, colour, width of the stroke."""
    inner = re.sub(r"<path stroke=\"none\"[^>]*/>", "", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
    shapes = "".join(line.strip() for line in inner.splitlines())
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def sprite(icons: dict[str, str]) -> str:
    """All icons as one file."""
    rows = "\n".join(symbol(name, svg) for name, svg in sorted(icons.items()))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{rows}\n</svg>\n'


def sha256(path: Path) -> str:
    """The checksum that the census compares."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Fetch, write, note."""
    if shutil.which("npm") is None:
        print("npm is needed to refresh the front-end files (Debian: apt install npm)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        tarball, integrity = fetch(Path(folder))
        paths = {name: f"icons/outline/{theirs}.svg" for name, theirs in ICONS.items()}
        texts = read(tarball, ["LICENSE", *paths.values()])
    target = VENDOR / FOLDER
    for old in VENDOR.glob(f"{FOLDER}*"):
        shutil.rmtree(old)
    target.mkdir(parents=True)
    (target / "sprite.svg").write_text(sprite({n: texts[p] for n, p in paths.items()}), "utf-8")
    (target / "LICENSE.txt").write_text(texts["LICENSE"], "utf-8")
    entry = {
        "name": PACKAGE,
        "version": VERSION,
        "licence": LICENCE,
        "source": "npm",
        "integrity": integrity,
        "files": {p.relative_to(VENDOR).as_posix(): sha256(p) for p in sorted(target.iterdir())},
    }
    (VENDOR / "vendor.json").write_text(json.dumps([entry], indent=2) + "\n", "utf-8")
    print(f"{PACKAGE} {VERSION}: {len(ICONS)} icons")
    return 0


if __name__ == "__main__":
    sys.exit(main())
