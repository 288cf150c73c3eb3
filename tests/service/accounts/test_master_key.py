"""The file of master keys when several processes start together."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from service.accounts.master_key import ensure_master_keys


def test_of_several_that_begin_the_file_together_one_makes_the_key_of_all(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    with ThreadPoolExecutor(16) as pool:
        found = {keys.current_id for keys in pool.map(ensure_master_keys, [path] * 64)}
    assert len(found) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["master.key"]
