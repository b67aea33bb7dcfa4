"""The tenant itself: its domains and the licences that it bought."""

from __future__ import annotations

from collections.abc import Sequence

from tests.tenants.draft import Draft, JsonObject
from tests.tenants.people import E5_SKU, F3_SKU

_E5_PLANS = {
    "AAD_PREMIUM": "41781fb2-bc02-4b7c-bd55-b576c07bb09d",
    "AAD_PREMIUM_P2": "eec0eb4f-6444-4f95-aba0-50c24d67f998",
    "ADALLOM_S_STANDALONE": "8c098270-9dd4-4350-9b30-ba4703f3b36b",
    "ATP_ENTERPRISE": "f20fedf3-f3c3-43c3-8267-2bfdd51c0939",
    "EXCHANGE_S_ENTERPRISE": "efb87545-963c-4e0d-99df-69c6916d9eb0",
    "INTUNE_A": "c1ec4a95-1f05-45b3-a911-aa3fa01094f5",
    "LOCKBOX_ENTERPRISE": "9f431833-0334-42de-a7dc-70aa40db46db",
    "M365_ADVANCED_AUDITING": "2f442157-a11c-46b9-ae5b-6e39ff4e5849",
    "SHAREPOINTENTERPRISE": "5dbe027f-2339-4123-9542-606e4d348a72",
    "TEAMS1": "57ff2da0-773e-42df-b2af-ffb7a2317929",
    "THREAT_INTELLIGENCE": "8e0c0a52-6a6c-4d40-8370-dd62790dcd70",
}
_F3_PLANS = {
    "AAD_PREMIUM": "41781fb2-bc02-4b7c-bd55-b576c07bb09d",
    "EXCHANGE_S_DESKLESS": "4a82b400-a79f-41a4-b4e2-e94f5787b113",
    "INTUNE_A": "c1ec4a95-1f05-45b3-a911-aa3fa01094f5",
    "SHAREPOINTDESKLESS": "902b47e5-dcb2-4fdc-858b-c63a90a2bdb9",
    "TEAMS1": "57ff2da0-773e-42df-b2af-ffb7a2317929",
}


def domain(name: str, *, default: bool = False, initial: bool = False, validity: int = 2147483647) -> JsonObject:
    """A verified domain. `validity`: days until a password expires; the default means never."""
    return {
        "id": name,
        "authenticationType": "Managed",
        "isAdminManaged": True,
        "isDefault": default,
        "isInitial": initial,
        "isRoot": True,
        "isVerified": True,
        "passwordNotificationWindowInDays": 14,
        "passwordValidityPeriodInDays": validity,
        "supportedServices": ["Email", "OfficeCommunicationsOnline"],
    }


def organization(draft: Draft, *, synced: bool, domains: Sequence[JsonObject]) -> JsonObject:
    """The tenant itself."""
    return {
        "id": draft.tenant_id,
        "displayName": draft.display_name,
        "tenantType": "AAD",
        "createdDateTime": "2017-03-20T09:00:00Z",
        "onPremisesSyncEnabled": True if synced else None,
        "onPremisesLastSyncDateTime": "2026-11-16T02:41:00Z" if synced else None,
        "technicalNotificationMails": [f"it@{draft.domain}"],
        "securityComplianceNotificationMails": [f"security@{draft.domain}"],
        "verifiedDomains": [
            {
                "name": one["id"],
                "type": "Managed",
                "capabilities": "Email, OfficeCommunicationsOnline",
                "isDefault": one["isDefault"],
                "isInitial": one["isInitial"],
            }
            for one in domains
        ],
        "assignedPlans": [],
    }


def synchronization(draft: Draft, *, blocked: bool, hashes: bool = True) -> JsonObject:
    """How the tenant synchronizes. `blocked`: it cannot take over accounts of the cloud; `hashes`: of passwords."""
    return {
        "id": draft.tenant_id,
        "configuration": {
            "accidentalDeletionPrevention": {
                "synchronizationPreventionType": "enabledForCount",
                "alertThreshold": 500,
            }
        },
        "features": {
            "allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled": False,
            "blockCloudObjectTakeoverThroughHardMatchEnabled": blocked,
            "blockSoftMatchEnabled": blocked,
            "passwordSyncEnabled": hashes,
            "passwordWritebackEnabled": True,
            "softMatchOnUpnEnabled": True,
            "synchronizeUpnForManagedUsersEnabled": True,
        },
    }


def subscribed_skus(draft: Draft, *, e5: int, f3: int = 0) -> list[JsonObject]:
    """Licences bought, with the service plans that decide what the tenant can do."""

    def sku(name: str, identity: str, plans: dict[str, str], count: int) -> JsonObject:
        return {
            "id": f"{draft.tenant_id}_{identity}",
            "skuId": identity,
            "skuPartNumber": name,
            "capabilityStatus": "Enabled",
            "appliesTo": "User",
            "consumedUnits": count - 8,
            "prepaidUnits": {"enabled": count, "suspended": 0, "warning": 0, "lockedOut": 0},
            "servicePlans": [
                {
                    "servicePlanId": plan,
                    "servicePlanName": title,
                    "provisioningStatus": "Success",
                    "appliesTo": "User",
                }
                for title, plan in plans.items()
            ],
        }

    found = [sku("SPE_E5", E5_SKU, _E5_PLANS, e5)]
    return [*found, sku("SPE_F1", F3_SKU, _F3_PLANS, f3)] if f3 else found
