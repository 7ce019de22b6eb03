"""The fictional company's records, as the desk's directory and asset register show them. Plain Python."""

import re
from typing import Any

from scenarios.world.document import World
from scenarios.world.state import State

Record = dict[str, Any]

# (name, department, manager): colleagues who make a search more than one row.
COLLEAGUES = (
    ("Aisha Rahman", "Customer Care", "Grace Whitlam"),
    ("Ben Okafor", "Facilities", "Helena Duarte"),
    ("Carla Mendes", "Finance", "Owen Hart"),
    ("Dmitri Volkov", "Planning", "Ruth Adeyemi"),
    ("Ellen Fitzroy", "Legal", "Marcus Bell"),
    ("Farid Haddad", "Logistics", "Ines Kowalski"),
    ("Georgia Pappas", "Sales", "Victor Lindqvist"),
    ("Hiro Tanaka", "Procurement", "Samira Costa"),
    ("Isla Drummond", "Human Resources", "Peter Nakamura"),
    ("Jonas Weber", "Engineering", "Lucia Ferrari"),
    ("Kofi Boateng", "Customer Care", "Grace Whitlam"),
    ("Sam Rivera", "Finance", "Owen Hart"),
)


def find_people(world: World, state: State, query: str) -> list[Record]:
    """Directory records that contain every word of the query; all where it is empty."""
    return _containing(query, [_requester(world, state), *map(_colleague, range(len(COLLEAGUES)))])


def find_assets(world: World, query: str) -> list[Record]:
    """Asset records that contain every word of the query."""
    own = world.asset
    rows = [_spare(i) for i in range(len(COLLEAGUES))]
    if own:
        rows.insert(
            0,
            {
                "id": own.tag,
                "tag": own.tag,
                "model": own.model,
                "os": own.os,
                "software": own.software,
                "location": own.location,
                "owner": world.identity.directory.name,
            },
        )
    return _containing(query, rows)


def _containing(query: str, rows: list[Record]) -> list[Record]:
    """Rows in which every word of the query begins a word; the query "tom" does not mean customer."""
    asked = _words(query)
    return [row for row in rows if all(any(w.startswith(a) for w in _words(row.values())) for a in asked)]


def _words(values: object) -> list[str]:
    return re.findall(r"\w+", str(values).casefold())


def _requester(world: World, state: State) -> Record:
    record = world.identity.directory
    return {
        "id": record.employee_id,
        "name": record.name,
        "username": record.username,
        "employee_id": record.employee_id,
        "asset_tag": record.asset_tag,
        "department": record.department,
        "manager": record.manager,
        "phone_on_file": record.phone_on_file,
        "account_state": state.vars.get("account", record.account_state),
        "groups": record.groups,
    }


def _colleague(index: int) -> Record:
    name, department, manager = COLLEAGUES[index]
    first, last = name.lower().split()
    return {
        "id": f"E3{index:02d}47",
        "name": name,
        "username": f"{first[0]}{last}",
        "employee_id": f"E3{index:02d}47",
        "asset_tag": f"LT-81{index:02d}",
        "department": department,
        "manager": manager,
        "phone_on_file": f"+44 20 7946 0{index + 100}",
        "account_state": "active",
        "groups": ["all-staff"],
    }


def _spare(index: int) -> Record:
    return {
        "id": f"LT-81{index:02d}",
        "tag": f"LT-81{index:02d}",
        "model": "14-inch laptop",
        "os": "Windows 11",
        "software": ["Office apps", "VPN client 5.1"],
        "location": "head office",
        "owner": COLLEAGUES[index][0],
    }
