"""Directory roles under Microsoft's template ids, and the objects that say who holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.tenants.draft import Draft, JsonObject

ROLES = {
    "Global Administrator": "62e90394-69f5-4237-9190-012177145e10",
    "Privileged Role Administrator": "e8611ab8-c189-46e8-94e1-60213ab1f814",
    "Privileged Authentication Administrator": "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
    "Security Administrator": "194ae4cb-b126-40b2-bd5b-6091b380977d",
    "Conditional Access Administrator": "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
    "Exchange Administrator": "29232cdf-9323-42fd-ade2-1d097af3e4de",
    "SharePoint Administrator": "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
    "Teams Administrator": "69091246-20e8-4a56-aa4d-066075b2a7a8",
    "Intune Administrator": "3a2c62db-5318-420d-8d74-23affee5d9d5",
    "User Administrator": "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "Helpdesk Administrator": "729827e3-9c14-49f7-bb1b-9608f156bbb8",
    "Password Administrator": "966707d0-3269-4727-9be2-8c3a10f19b9d",
    "Authentication Administrator": "c4e39bd9-1100-46d3-8c65-fb160da0071f",
    "Application Administrator": "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    "Cloud Application Administrator": "158c047a-c907-4556-b7ef-446551a6b5f7",
    "Hybrid Identity Administrator": "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",
    "Agent ID Administrator": "db506228-d27e-4b7d-95e5-295956d6615f",
    "Application Developer": "cf1c38e5-3621-4004-a7cb-879624dced7c",
    "Authentication Extensibility Administrator": "25a516ed-2fa0-40ea-a2d0-12923a21473a",
    "Cloud Device Administrator": "7698a772-787b-4ac8-901f-60d6b08affd2",
    "Directory Writers": "9360feb5-f418-4baa-8175-e2a00bac4301",
    "Domain Name Administrator": "8329153b-31d0-4727-b945-745eb3bc5f31",
    "External Identity Provider Administrator": "be2f45a1-457d-42af-a067-6ec1fa63bc45",
    "Lifecycle Workflows Administrator": "59d46f88-662b-457b-bceb-5c3809e5908f",
    "Partner Tier1 Support": "4ba39ca4-527c-499a-b93d-d9b492c50246",
    "Partner Tier2 Support": "e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8",
    "Security Operator": "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
    "Billing Administrator": "b0f54661-2d74-4c50-afa3-1ec803f12efe",
    "Compliance Administrator": "17315797-102d-40b4-93e0-432062caca18",
    "Global Reader": "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
    "Security Reader": "5d6b6bb7-de71-4623-b4af-96380a352509",
    "Reports Reader": "4a5d8f65-41da-4de4-8968-e035b65339cf",
    "Directory Readers": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
    "Directory Synchronization Accounts": "d29b2b05-8046-44ba-8758-1e26182fcf32",
    "Guest Inviter": "95e79109-95c0-4d8e-aee3-d01accf2d47b",
}
_PRIVILEGED = {
    name
    for name in ROLES
    if name not in {"Reports Reader", "Directory Readers", "Guest Inviter", "Billing Administrator"}
}


def role_ids(*names: str) -> list[str]:
    """Template ids, sorted."""
    return sorted(ROLES[name] for name in names)


def role_definitions() -> list[JsonObject]:
    """Every built-in role of the list above."""
    return [
        {
            "id": template,
            "templateId": template,
            "displayName": name,
            "description": f"Members hold the built-in role {name}.",
            "isBuiltIn": True,
            "isEnabled": True,
            "isPrivileged": name in _PRIVILEGED,
            "resourceScopes": ["/"],
        }
        for name, template in ROLES.items()
    ]


def assign(
    draft: Draft,
    role: str,
    principal: str,
    *,
    start: str | None = None,
    end: str | None = None,
    activated: bool = False,
    scope: str = "/",
) -> None:
    """An active assignment, as the directory lists it and as PIM lists it."""
    identity = draft.id("assignment", role, principal, scope)
    common: dict[str, Any] = {
        "id": identity,
        "principalId": principal,
        "roleDefinitionId": ROLES.get(role, role),
        "directoryScopeId": scope,
        "appScopeId": None,
    }
    draft.add("role_assignments", common)
    draft.add(
        "role_assignment_schedule_instances",
        {
            **common,
            "startDateTime": start,
            "endDateTime": end,
            "assignmentType": "Activated" if activated else "Assigned",
            "memberType": "Direct",
            "roleAssignmentOriginId": identity,
            "roleAssignmentScheduleId": draft.id("schedule", role, principal, scope),
        },
    )


def make_eligible(
    draft: Draft, role: str, principal: str, *, start: str = "2026-03-02T08:00:00Z", end: str | None = None
) -> None:
    """An eligible assignment."""
    draft.add(
        "role_eligibility_schedule_instances",
        {
            "id": draft.id("eligibility", role, principal),
            "principalId": principal,
            "roleDefinitionId": ROLES[role],
            "directoryScopeId": "/",
            "appScopeId": None,
            "startDateTime": start,
            "endDateTime": end,
            "memberType": "Direct",
            "roleEligibilityScheduleId": draft.id("eligibility schedule", role, principal),
        },
    )


def pim_policy(
    draft: Draft,
    role: str,
    *,
    duration: str = "PT4H",
    approvers: str | None = None,
    context: str | None = None,
    enabled_rules: tuple[str, ...] = ("MultiFactorAuthentication", "Justification"),
    permanent_assignment: bool = False,
    permanent_eligibility: bool = False,
    alert: str | None = None,
) -> JsonObject:
    """PIM's rules for one role. `approvers`: id of the group that approves; `alert`: who is told of activations."""

    def target(caller: str, level: str) -> JsonObject:
        return {
            "caller": caller,
            "operations": ["all"],
            "level": level,
            "inheritableSettings": [],
            "enforcedSettings": [],
        }

    def rule(kind: str, name: str, caller: str, level: str, **more: Any) -> JsonObject:
        return {
            "@odata.type": f"#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule",
            "id": name,
            "target": target(caller, level),
            **more,
        }

    rules = [
        rule(
            "Expiration",
            "Expiration_Admin_Eligibility",
            "Admin",
            "Eligibility",
            isExpirationRequired=not permanent_eligibility,
            maximumDuration="P365D",
        ),
        rule(
            "Expiration",
            "Expiration_Admin_Assignment",
            "Admin",
            "Assignment",
            isExpirationRequired=not permanent_assignment,
            maximumDuration="P15D",
        ),
        rule(
            "Enablement",
            "Enablement_Admin_Assignment",
            "Admin",
            "Assignment",
            enabledRules=["MultiFactorAuthentication"],
        ),
        rule(
            "Expiration",
            "Expiration_EndUser_Assignment",
            "EndUser",
            "Assignment",
            isExpirationRequired=True,
            maximumDuration=duration,
        ),
        rule("Enablement", "Enablement_EndUser_Assignment", "EndUser", "Assignment", enabledRules=list(enabled_rules)),
        rule(
            "Approval",
            "Approval_EndUser_Assignment",
            "EndUser",
            "Assignment",
            setting={
                "isApprovalRequired": approvers is not None,
                "approvalMode": "SingleStage",
                "approvalStages": [
                    {
                        "approvalStageTimeOutInDays": 1,
                        "isApproverJustificationRequired": True,
                        "primaryApprovers": [{"@odata.type": "#microsoft.graph.groupMembers", "groupId": approvers}]
                        if approvers
                        else [],
                    }
                ],
            },
        ),
        rule(
            "AuthenticationContext",
            "AuthenticationContext_EndUser_Assignment",
            "EndUser",
            "Assignment",
            isEnabled=context is not None,
            claimValue=context,
        ),
        *(
            rule(
                "Notification",
                f"Notification_{recipient}_{caller}_{level}",
                caller,
                level,
                notificationType="Email",
                recipientType=recipient,
                notificationLevel="All",
                isDefaultRecipientsEnabled=True,
                notificationRecipients=[alert] if alert and recipient == "Admin" else [],
            )
            for caller, level in (("Admin", "Eligibility"), ("Admin", "Assignment"), ("EndUser", "Assignment"))
            for recipient in ("Admin", "Requestor", "Approver")
        ),
    ]
    identity = f"DirectoryRole_{draft.tenant_id}_{draft.id('pim', role)}"
    return {
        "id": f"{identity}_{ROLES[role]}",
        "policyId": identity,
        "scopeId": "/",
        "scopeType": "DirectoryRole",
        "roleDefinitionId": ROLES[role],
        "displayName": role,
        "policy": {
            "id": identity,
            "isOrganizationDefault": False,
            "scopeId": "/",
            "scopeType": "DirectoryRole",
            "rules": rules,
        },
    }


def access_review(
    draft: Draft, name: str, reviewed: Sequence[str], reviewer: str, *, months: int, applies: bool, unanswered: str
) -> JsonObject:
    """A series of reviews of who holds roles. `reviewer`: id of the group that decides; `unanswered`: the default."""
    return {
        "id": draft.id("access review", name),
        "displayName": name,
        "descriptionForAdmins": name,
        "status": "InProgress",
        "createdDateTime": "2026-01-19T09:00:00Z",
        "scope": {
            "@odata.type": "#microsoft.graph.principalResourceMembershipsScope",
            "principalScopes": [
                {
                    "@odata.type": "#microsoft.graph.accessReviewQueryScope",
                    "query": query,
                    "queryType": "MicrosoftGraph",
                }
                for query in ("/users", "/groups")
            ],
            "resourceScopes": [
                {
                    "@odata.type": "#microsoft.graph.accessReviewQueryScope",
                    "query": f"/roleManagement/directory/roleDefinitions/{ROLES[role]}",
                    "queryType": "MicrosoftGraph",
                }
                for role in reviewed
            ],
        },
        "instanceEnumerationScope": None,
        "reviewers": [{"query": f"/groups/{reviewer}/transitiveMembers", "queryType": "MicrosoftGraph"}],
        "settings": {
            "autoApplyDecisionsEnabled": applies,
            "defaultDecisionEnabled": unanswered != "None",
            "defaultDecision": unanswered,
            "instanceDurationInDays": 14,
            "justificationRequiredOnApproval": True,
            "mailNotificationsEnabled": True,
            "recommendationsEnabled": True,
            "recurrence": {
                "pattern": {"type": "absoluteMonthly", "interval": months, "dayOfMonth": 0, "month": 0},
                "range": {"type": "noEnd", "startDate": "2026-01-19", "endDate": None, "numberOfOccurrences": 0},
            },
        },
    }


def guest_review(draft: Draft, name: str, reviewer: str) -> JsonObject:
    """A quarterly review of the guests of all Microsoft 365 groups, which takes away what nobody confirms."""
    query = {"@odata.type": "#microsoft.graph.accessReviewQueryScope", "queryType": "MicrosoftGraph"}
    return {
        **access_review(draft, name, (), reviewer, months=3, applies=True, unanswered="Deny"),
        "scope": {**query, "query": "./members/microsoft.graph.user/?$count=true&$filter=(userType eq 'Guest')"},
        "instanceEnumerationScope": {
            **query,
            "query": "/groups?$filter=(groupTypes/any(c:c+eq+'Unified'))&$count=true",
        },
    }
