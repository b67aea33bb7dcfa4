"""Who holds which role at Contoso: too many for good, and some through groups, applications and other tenants."""

from __future__ import annotations

from tests.tenants import roles
from tests.tenants.contoso_people import People
from tests.tenants.draft import Draft


def add_roles(draft: Draft, people: People) -> None:
    """Assignments, eligibilities and the rules of PIM."""
    named, group = people.named, people.groups.id
    draft.add("role_definitions", *roles.role_definitions())
    custom = draft.id("role", "Ticket desk")
    draft.add(
        "role_definitions",
        {
            "id": custom,
            "templateId": custom,
            "displayName": "Ticket desk",
            "description": "Reads sign-in logs",
            "isBuiltIn": False,
            "isEnabled": True,
            "isPrivileged": False,
            "resourceScopes": ["/"],
        },
    )
    for holder in ("emergency1", "emergency2", "admin0", "admin1", "it_director", "consultant"):
        roles.assign(draft, "Global Administrator", named[holder])
    roles.assign(draft, "Global Administrator", group("Role-Global-Administrators"))
    roles.assign(draft, "Privileged Role Administrator", named["admin3"])
    roles.assign(draft, "Exchange Administrator", group("Role-Exchange"))
    roles.assign(draft, "Helpdesk Administrator", group("Role-Helpdesk"))
    roles.assign(
        draft,
        "SharePoint Administrator",
        named["admin4"],
        start="2026-06-01T08:00:00Z",
        end="2027-05-31T08:00:00Z",  # longer than 90 days: as good as permanent
    )
    roles.assign(
        draft, "Teams Administrator", named["admin5"], start="2026-11-10T08:00:00Z", end="2026-11-24T08:00:00Z"
    )
    roles.assign(
        draft,
        "Security Administrator",
        named["admin6"],
        start="2026-11-16T01:00:00Z",
        end="2026-11-16T09:00:00Z",
        activated=True,
    )
    roles.assign(draft, "Application Administrator", draft.id("service principal", "Backup connector"))
    roles.assign(draft, "User Administrator", draft.id("service principal", "Provisioning script (legacy)"))
    roles.assign(draft, "Directory Synchronization Accounts", named["sync"])
    roles.assign(draft, "Global Reader", people.of("Finance", 1)[0])
    roles.assign(
        draft,
        "User Administrator",
        people.of("Human Resources", 1)[0],
        scope=f"/administrativeUnits/{draft.id('unit', 'Plants')}",
    )
    roles.assign(draft, custom, people.of("IT", 2)[1])
    for role, holder in (
        ("Global Administrator", "admin3"),
        ("Global Administrator", "admin6"),
        ("Security Administrator", "admin6"),
        ("Conditional Access Administrator", "admin4"),
        ("Intune Administrator", "admin5"),
    ):
        roles.make_eligible(draft, role, named[holder])
    roles.make_eligible(draft, "User Administrator", group("Role-Helpdesk"), end="2027-02-28T08:00:00Z")
    draft.add(
        "access_reviews",
        roles.access_review(
            draft,
            "Global Administrators 2024",
            ("Global Administrator",),
            group("Role-Approvers"),
            months=12,
            applies=False,
            unanswered="None",
        ),
    )
    for role in roles.ROLES:
        tight = role in {"Security Administrator", "Conditional Access Administrator"}
        draft.add(
            "role_management_policies",
            roles.pim_policy(
                draft,
                role,
                duration="PT4H" if tight else "PT8H",
                approvers=group("Role-Approvers") if role == "Privileged Role Administrator" else None,
                context="c1" if tight else None,
                permanent_assignment=not tight,
                permanent_eligibility=True,
            ),
        )
    draft.add(
        "privileged_access_group_eligibility_schedule_instances",
        {
            "id": draft.id("group eligibility", "admin4"),
            "groupId": group("Role-Global-Administrators"),
            "principalId": named["admin4"],
            "accessId": "member",
            "memberType": "direct",
            "startDateTime": "2026-04-01T08:00:00Z",
            "endDateTime": None,
            "eligibilityScheduleId": draft.id("group eligibility schedule", "admin4"),
        },
    )
