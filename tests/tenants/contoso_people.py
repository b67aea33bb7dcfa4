"""Contoso's accounts and groups."""

from __future__ import annotations

from dataclasses import dataclass

from tests.tenants.draft import Draft, JsonObject
from tests.tenants.people import E5_SKU, Groups, employees, guest, person, user

DEPARTMENTS = (
    ("Executive", "Member of the board", 6),
    ("IT", "Systems engineer", 18),
    ("Finance", "Accountant", 22),
    ("Human Resources", "People partner", 10),
    ("Legal", "Counsel", 6),
    ("Sales", "Account manager", 36),
    ("Marketing", "Campaign manager", 14),
    ("Engineering", "Product engineer", 52),
    ("Logistics", "Planner", 12),
    ("Manufacturing", "Line operator", 48),
)
_SERVICE_ACCOUNTS = (
    ("svc-scan", "Scan to mail, all sites"),
    ("svc-erp-mail", "ERP mail sender"),
    ("svc-crm-sync", "CRM calendar sync"),
    ("svc-backup", "Mailbox backup"),
    ("svc-hr-import", "HR import"),
    ("svc-monitoring", "Mail flow probe"),
    ("svc-badge", "Badge system"),
    ("svc-print", "Print release"),
    ("svc-reports", "Nightly reports"),
    ("svc-webshop", "Web shop mailer"),
    ("svc-telemetry", "Plant telemetry"),
)
_SHARED_MAILBOXES = (
    "accounting",
    "careers",
    "facilities",
    "info",
    "invoices",
    "orders",
    "press",
    "reception",
    "support",
    "travel",
)
_ROOMS = ("Amber", "Basalt", "Coral", "Dune", "Ember", "Fjord")
_PARTNERS = ("fabrikam.example", "northwind.example", "litware.example", "adatum.example", "proseware.example")


@dataclass
class People:
    """Accounts by what they are, and ids by short names for those that policies name."""

    employees: list[JsonObject]
    guests: list[JsonObject]
    services: list[JsonObject]
    shared: list[JsonObject]
    admins: list[JsonObject]
    named: dict[str, str]
    groups: Groups

    def of(self, department: str, limit: int | None = None) -> list[str]:
        """Ids of the employees of a department who still work here."""
        found = [one["id"] for one in self.employees if one["department"] == department and one["accountEnabled"]]
        return found[:limit]


def accounts(draft: Draft) -> People:
    """Every account, written to `users`; groups are still to come."""
    staff = employees(draft, DEPARTMENTS, synced=True)
    for index in range(9, len(staff), 17):  # leavers whose account was disabled and kept
        staff[index].update(accountEnabled=False, assignedLicenses=[])
    services = [
        user(
            draft,
            key,
            title,
            f"{key}@{draft.domain}",
            sku=None if index % 3 else E5_SKU,
            synced=True if index % 2 else None,
            created="2019-11-04T10:00:00Z",
            department="IT",
            jobTitle="Service account",
        )
        for index, (key, title) in enumerate(_SERVICE_ACCOUNTS)
    ]
    shared = [
        user(
            draft,
            f"shared {key}",
            key.capitalize(),
            f"{key}@{draft.domain}",
            sku=None,
            enabled=index % 5 == 0,  # two were never closed for sign-in
            created="2020-01-13T10:00:00Z",
        )
        for index, key in enumerate(_SHARED_MAILBOXES)
    ]
    rooms = [
        user(draft, f"room {name}", f"Room {name}", f"room.{name.lower()}@{draft.domain}", sku=None) for name in _ROOMS
    ]
    guests = []
    for index in range(25):
        first, last = person(400 + index)
        mail = f"{first}.{last}@{_PARTNERS[index % len(_PARTNERS)]}".lower()
        guests.append(
            guest(draft, mail, f"{first} {last}", mail, state="PendingAcceptance" if index % 9 == 8 else "Accepted")
        )
    admins = []
    for number in range(7):
        first, last = person(500 + number)
        upn = f"adm.{last}@{draft.initial_domain}".lower()
        admins.append(
            user(draft, f"admin {number}", f"{first} {last} (admin)", upn, sku=None, department="IT", mail=None)
        )
    emergency = [
        user(
            draft,
            f"emergency {number}",
            f"Emergency access {number}",
            f"emergency{number}@{draft.initial_domain}",
            sku=None,
            created="2021-06-01T09:00:00Z",
            mail=None,
        )
        for number in (1, 2)
    ]
    sync = user(
        draft,
        "sync",
        "On-Premises Directory Synchronization Service Account",
        f"sync_dc02_4f1a@{draft.initial_domain}",
        sku=None,
        created="2018-03-19T09:00:00Z",
        mail=None,
    )
    draft.add("users", *staff, *services, *shared, *rooms, *guests, *admins, *emergency, sync)
    named = {
        "emergency1": emergency[0]["id"],
        "emergency2": emergency[1]["id"],
        "sync": sync["id"],
        "it_director": next(one["id"] for one in staff if one["department"] == "IT"),
        "consultant": guests[3]["id"],
        **{f"admin{number}": one["id"] for number, one in enumerate(admins)},
        **{one["userPrincipalName"].split("@")[0]: one["id"] for one in services},
        **{one["userPrincipalName"].split("@")[0]: one["id"] for one in rooms},
    }
    return People(staff, guests, services, shared, admins, named, Groups(draft))


def groups(draft: Draft, people: People) -> None:
    """Contoso's groups: departments, licences, Conditional Access exclusions, roles, teams."""
    add = people.groups.add
    named = people.named
    staff = [one["id"] for one in people.employees if one["accountEnabled"]]
    add("All employees", staff, rule='(user.userType -eq "Member") and (user.employeeId -ne null)')
    add("All guests", [one["id"] for one in people.guests], rule='(user.userType -eq "Guest")')
    for department, _, _ in DEPARTMENTS:
        add(
            f"Department {department}",
            people.of(department),
            rule=f'(user.department -eq "{department}")' if department != "Executive" else None,
            synced=True if department == "Executive" else None,
        )
    add("Licence E5", [one for one in staff if one not in people.of("Manufacturing")])
    add("Licence F3", people.of("Manufacturing"))
    add("SG-Frontline", people.of("Manufacturing"), description="Operators without a phone of their own")
    add(
        "SG-VIP",
        people.of("Executive", 4),
        description="Board and their assistants",
        mail=f"sg-vip@{draft.domain}",
    )
    add("Sales", people.of("Sales"), mail=f"sales@{draft.domain}")
    add("SG-VIP-Assistants", people.of("Sales", 2))
    people.groups.nest("SG-VIP", "SG-VIP-Assistants")
    add("CA-Exclude-BreakGlass", [named["emergency1"], named["emergency2"]], role_assignable=True)
    add(
        "CA-Exclude-MFA",
        [*people.of("Sales", 7), *people.of("Logistics", 3), named["svc-scan"], named["svc-erp-mail"]],
        owners=[named["it_director"]],
        description="Temporary, until phones are handed out (2023)",
    )
    people.groups.nest("CA-Exclude-MFA", "SG-VIP")
    add("CA-Exclude-LegacyAuth", [one["id"] for one in people.services], description="Service accounts")
    add(
        "CA-Exclude-DeviceCode",
        [named[f"room.{name.lower()}"] for name in _ROOMS],
    )
    add("CA-Exclude-Travellers", people.of("Sales", 5))
    add("CA-Exclude-Fido", [named["admin4"], named["admin5"]])
    add("CA-Pilot-Phishing-Resistant", people.of("IT", 8))
    add("Role-Global-Administrators", [named["admin2"]], role_assignable=True)
    add("Role-Helpdesk", people.of("IT", 6)[2:], role_assignable=True)
    add("Role-Exchange", [named["admin5"], named["admin6"]], role_assignable=True)
    add("Role-Approvers", [named["admin0"], named["admin1"]], role_assignable=True)
    add("Plant managers", people.of("Manufacturing", 3))
    add("Plant deputies", people.of("Manufacturing", 5)[3:])
    people.groups.nest("SG-Frontline", "Plant managers")
    people.groups.nest("Plant managers", "Plant deputies")  # and back again: a cycle that nobody noticed
    people.groups.nest("Plant deputies", "Plant managers")
    for index, name in enumerate(
        (
            "Project Aurora",
            "Project Basecamp",
            "Project Cobalt",
            "Sales Northern Region",
            "Sales Southern Region",
            "Product Launch",
            "Works Council",
            "Sustainability",
            "Customer Board",
            "Supplier Portal",
            "Quality Circle",
            "Old Intranet Editors",
        )
    ):
        add(
            name,
            [*staff[index * 11 : index * 11 + 12], *(one["id"] for one in people.guests[index * 2 : index * 2 + 2])],
            owners=[staff[index * 11]],
            unified=True,
            public=name in ("Old Intranet Editors", "Product Launch"),
        )
    people.groups.finish()
