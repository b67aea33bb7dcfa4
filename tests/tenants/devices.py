"""Devices: what Intune asks of them, who may enrol them, and Windows' antivirus. Strict unless the caller says more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.tenants.draft import Draft, JsonObject

ALL_USERS = "#microsoft.graph.allLicensedUsersAssignmentTarget"
ALL_DEVICES = "#microsoft.graph.allDevicesAssignmentTarget"
GROUP = "#microsoft.graph.groupAssignmentTarget"
_NO_FILTER = {"deviceAndAppManagementAssignmentFilterId": None, "deviceAndAppManagementAssignmentFilterType": "none"}
_VERSIONS = {"windows10": "10.0.26100.1", "macOS": "15.0", "ios": "18.0", "androidWorkProfile": "14.0"}

_THREAT = {"deviceThreatProtectionEnabled": True, "deviceThreatProtectionRequiredSecurityLevel": "low"}
# What beta shows of a compliance policy, by platform, as far as it is about safety.
_ASKED: Mapping[str, JsonObject] = {
    "windows10": {
        "activeFirewallRequired": True,
        "antiSpywareRequired": True,
        "antivirusRequired": True,
        "bitLockerEnabled": True,
        "codeIntegrityEnabled": True,
        "defenderEnabled": True,
        "passwordRequired": True,
        "rtpEnabled": True,
        "secureBootEnabled": True,
        "signatureOutOfDate": True,
        "storageRequireEncryption": True,
        "tpmRequired": True,
        "validOperatingSystemBuildRanges": [],
        **_THREAT,
    },
    "macOS": {
        "advancedThreatProtectionRequiredSecurityLevel": "notSet",
        "firewallEnabled": True,
        "gatekeeperAllowedAppSource": "macAppStoreAndIdentifiedDevelopers",
        "osMinimumBuildVersion": None,
        "passwordRequired": True,
        "storageRequireEncryption": True,
        "systemIntegrityProtectionEnabled": True,
        **_THREAT,
    },
    "ios": {
        "advancedThreatProtectionRequiredSecurityLevel": "notSet",
        "managedEmailProfileRequired": False,
        "osMinimumBuildVersion": None,
        "passcodeBlockSimple": True,
        "passcodeRequired": True,
        "securityBlockJailbrokenDevices": True,
        **_THREAT,
    },
    "androidWorkProfile": {
        "advancedThreatProtectionRequiredSecurityLevel": "notSet",
        "minAndroidSecurityPatchLevel": "2026-06-01",
        "passwordRequired": True,
        "securityBlockJailbrokenDevices": True,
        "securityRequireSafetyNetAttestationBasicIntegrity": True,
        "securityRequireSafetyNetAttestationCertifiedDevice": True,
        "storageRequireEncryption": True,
        **_THREAT,
    },
}


def target(kind: str, **more: Any) -> JsonObject:
    """Whom something of Intune's is assigned to."""
    return {"target": {"@odata.type": kind, **_NO_FILTER, **more}}


def compliance_policy(
    draft: Draft, platform: str, *, assigned: Sequence[JsonObject] = (), grace_hours: int = 24, **changes: Any
) -> JsonObject:
    """The compliance policy of a platform, assigned to all users unless the caller says otherwise."""
    identity = draft.id("compliance", platform)
    return {
        "@odata.type": f"#microsoft.graph.{platform}CompliancePolicy",
        "id": identity,
        "displayName": f"Baseline compliance ({platform})",
        "description": None,
        "createdDateTime": "2024-05-06T09:00:00Z",
        "lastModifiedDateTime": "2026-02-10T15:00:00Z",
        "osMaximumVersion": None,
        "osMinimumVersion": _VERSIONS[platform],
        **_ASKED[platform],
        **changes,
        "assignments": list(assigned),
        "scheduledActionsForRule": [
            {
                "ruleName": None,
                "scheduledActionConfigurations": [
                    {
                        "actionType": "block",
                        "gracePeriodHours": grace_hours,
                        "notificationMessageCCList": [],
                        "notificationTemplateId": "00000000-0000-0000-0000-000000000000",
                    }
                ],
            }
        ],
    }


def settings(*, secure_by_default: bool) -> JsonObject:
    """`secure_by_default`: a device that no compliance policy judges is not compliant."""
    return {
        "deviceComplianceCheckinThresholdDays": 30,
        "isScheduledActionEnabled": True,
        "secureByDefault": secure_by_default,
    }


def enrolment(draft: Draft, *, personal: bool) -> JsonObject:
    """The restriction that holds for everybody for whom no other does; on phones personal devices may enrol or not."""
    return {
        "@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionsConfiguration",
        "id": f"{draft.id('enrolment')}_DefaultPlatformRestrictions",
        "displayName": "All users and all devices",
        "description": "The default platform restriction.",
        "priority": 0,
        "assignments": [],
        "androidForWorkRestriction": _restriction(personal=personal),
        "androidRestriction": _restriction(blocked=True),
        "iosRestriction": _restriction(personal=personal),
        "macOSRestriction": _restriction(),
        "windowsRestriction": _restriction(),
    }


def _restriction(*, blocked: bool = False, personal: bool = False) -> JsonObject:
    return {
        "blockedManufacturers": [],
        "blockedSkus": [],
        "osMaximumVersion": "",
        "osMinimumVersion": "",
        "personalDeviceEnrollmentBlocked": not personal,
        "platformBlocked": blocked,
    }


# Settings of Windows' antivirus by definition: numbers are entered, texts are chosen from a list.
_ANTIVIRUS: Mapping[str, int | str] = {
    "device_vendor_msft_policy_config_defender_allowarchivescanning": "1",
    "device_vendor_msft_policy_config_defender_allowbehaviormonitoring": "1",
    "device_vendor_msft_policy_config_defender_allowcloudprotection": "1",
    "device_vendor_msft_policy_config_defender_allowemailscanning": "1",
    "device_vendor_msft_policy_config_defender_allowfullscanremovabledrivescanning": "1",
    "device_vendor_msft_policy_config_defender_allowrealtimemonitoring": "1",
    "device_vendor_msft_policy_config_defender_allowscanningnetworkfiles": "1",
    "device_vendor_msft_policy_config_defender_allowscriptscanning": "1",
    "device_vendor_msft_policy_config_defender_checkforsignaturesbeforerunningscan": "1",
    "device_vendor_msft_policy_config_defender_cloudblocklevel": "2",
    "device_vendor_msft_policy_config_defender_cloudextendedtimeout": 50,
    "device_vendor_msft_policy_config_defender_daystoretaincleanedmalware": 60,
    "device_vendor_msft_policy_config_defender_enablenetworkprotection": "1",
    "device_vendor_msft_policy_config_defender_puaprotection": "1",
    "device_vendor_msft_policy_config_defender_realtimescandirection": "0",
    "device_vendor_msft_policy_config_defender_schedulescanday": "0",
    "device_vendor_msft_policy_config_defender_signatureupdateinterval": 4,
    "device_vendor_msft_policy_config_defender_submitsamplesconsent": "1",
    "device_vendor_msft_defender_configuration_disablelocaladminmerge": "1",
}


def antivirus_policy(
    draft: Draft, *, assigned: Sequence[JsonObject], without: Sequence[str] = (), **changes: int | str
) -> JsonObject:
    """The antivirus policy; `changes` and `without` name settings by the last word of their definition."""
    chosen = {
        definition: changes.get(definition.rpartition("_")[2], value)
        for definition, value in _ANTIVIRUS.items()
        if definition.rpartition("_")[2] not in without
    }
    return {
        "id": draft.id("antivirus"),
        "name": "Windows antivirus",
        "description": "",
        "createdDateTime": "2024-05-06T09:00:00Z",
        "creationSource": None,
        "isAssigned": bool(assigned),
        "lastModifiedDateTime": "2026-02-10T15:00:00Z",
        "platforms": "windows10",
        "priorityMetaData": None,
        "roleScopeTagIds": ["0"],
        "settingCount": len(chosen),
        "technologies": "mdm,microsoftSense",
        "templateReference": {
            "templateId": "804339ad-1553-4478-a742-138fb5807418_1",
            "templateFamily": "endpointSecurityAntivirus",
            "templateDisplayName": "Microsoft Defender Antivirus",
            "templateDisplayVersion": "Version 1",
        },
        "settings": [
            {"id": str(number), "settingInstance": _setting(definition, value)}
            for number, (definition, value) in enumerate(chosen.items())
        ],
        "assignments": list(assigned),
    }


def _setting(definition: str, value: int | str) -> JsonObject:
    kind = "#microsoft.graph.deviceManagementConfiguration"
    if isinstance(value, int):
        held = {"@odata.type": f"{kind}IntegerSettingValue", "settingValueTemplateReference": None, "value": value}
        return {
            "@odata.type": f"{kind}SimpleSettingInstance",
            "settingDefinitionId": definition,
            "settingInstanceTemplateReference": None,
            "simpleSettingValue": held,
        }
    return {
        "@odata.type": f"{kind}ChoiceSettingInstance",
        "settingDefinitionId": definition,
        "settingInstanceTemplateReference": None,
        "choiceSettingValue": {
            "settingValueTemplateReference": None,
            "value": f"{definition}_{value}",
            "children": [],
        },
    }


def everyone() -> list[JsonObject]:
    """An assignment to all users."""
    return [target(ALL_USERS)]
