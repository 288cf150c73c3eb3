"""Settings of the whole house, as JSON by key."""

from typing import Any

import msgspec

from db.bulk import insert_rows
from db.tables.territory import Setting
from db.transaction import transaction


async def house_setting(key: str) -> Any:
    """The decoded value, None when it is not set."""
    row = await Setting.select(Setting.value).where(Setting.key == key).first()
    return None if row is None else msgspec.json.decode(row["value"])


async def set_house_setting(key: str, value: Any) -> None:
    encoded = msgspec.json.encode(value).decode()
    async with transaction():
        hit = await Setting.update({Setting.value: encoded}).where(Setting.key == key).returning(Setting.id)
        if not hit:
            await insert_rows(Setting, [{"key": key, "value": encoded}])
