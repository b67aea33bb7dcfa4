"""Secure Score: a dozen controls with texts of our own under Microsoft's ids, and scores over several days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from tests.tenants.draft import Draft, JsonObject

# id, title, category, service, points, cost, user impact, tier
_CONTROLS = (
    ("AdminMFAV2", "Administrators sign in with a second factor", "Identity", "AzureAD", 10.0, "Low", "Low", "Core"),
    (
        "MFARegistrationV2",
        "Everybody can sign in with a second factor",
        "Identity",
        "AzureAD",
        9.0,
        "High",
        "High",
        "Core",
    ),
    (
        "BlockLegacyAuthentication",
        "Old protocols cannot sign in",
        "Identity",
        "AzureAD",
        8.0,
        "Moderate",
        "Moderate",
        "Core",
    ),
    (
        "SigninRiskPolicy",
        "Risky sign-ins are challenged",
        "Identity",
        "AzureAD",
        7.0,
        "Moderate",
        "Moderate",
        "Advanced",
    ),
    (
        "UserRiskPolicy",
        "Users at risk change their password",
        "Identity",
        "AzureAD",
        7.0,
        "Moderate",
        "Moderate",
        "Advanced",
    ),
    ("OneAdmin", "More than one Global Administrator exists", "Identity", "AzureAD", 1.0, "Low", "Low", "Core"),
    ("RoleOverlap", "Administrators hold narrow roles", "Identity", "AzureAD", 1.0, "Low", "Low", "Core"),
    (
        "IntegratedApps",
        "Users do not consent to unknown applications",
        "Apps",
        "AzureAD",
        4.0,
        "Low",
        "Moderate",
        "Core",
    ),
    (
        "aad_admin_consent_workflow",
        "Users can ask an administrator for consent",
        "Identity",
        "MCAS",
        5.0,
        "Low",
        "Low",
        "Core",
    ),
    ("spo_legacy_auth", "SharePoint refuses old protocols", "Apps", "SPO", 1.0, "Low", "Moderate", "Core"),
    ("mdo_safelinksforemail", "Links in mail are checked on every click", "Apps", "MDO", 9.0, "Low", "Low", "Core"),
    ("mdo_safeattachments", "Attachments are opened in a sandbox first", "Apps", "MDO", 8.0, "Low", "Low", "Core"),
    (
        "mdo_enabledomainstoprotect",
        "Own domains are protected against look-alikes",
        "Apps",
        "MDO",
        8.0,
        "Low",
        "Low",
        "Core",
    ),
    (
        "exo_oauth2clientprofileenabled",
        "Exchange Online uses modern authentication",
        "Apps",
        "EXO",
        1.0,
        "Low",
        "Low",
        "Core",
    ),
)
_VENDOR = {"provider": "SecureScore", "providerVersion": None, "subProvider": None, "vendor": "Microsoft"}


def secure_score(
    draft: Draft,
    percents: Mapping[str, float],
    *,
    states: Mapping[str, tuple[str, str]] | None = None,
    unscored: Sequence[str] = (),
    days: int = 5,
) -> None:
    """Add profiles and scores. `percents`: where a control is not at 100; `states`: state and comment by control.

    As in real data, only the newest day has counts and texts, and the days before score a little less.
    """
    for name, title, category, service, points, cost, impact, tier in _CONTROLS:
        state, comment = (states or {}).get(name, ("Default", None))
        touched = state != "Default"
        draft.add(
            "secure_score_control_profiles",
            {
                "id": name,
                "azureTenantId": draft.tenant_id,
                "title": title,
                "actionType": "Config",
                "actionUrl": "https://security.microsoft.com/securescore",
                "controlCategory": category,
                "deprecated": False,
                "implementationCost": cost,
                "userImpact": impact,
                "tier": tier,
                "lastModifiedDateTime": None,
                "maxScore": points,
                "rank": len(draft.objects.get("secure_score_control_profiles", [])) + 1,
                "remediation": f"<p>Change the setting until this holds: {title.lower()}.</p>",
                "remediationImpact": "<p>Tell the people concerned before you change it.</p>",
                "service": service,
                "threats": ["Account breach", "Password Cracking"] if category == "Identity" else ["Data Exfiltration"],
                "complianceInformation": [],
                "vendorInformation": _VENDOR,
                "controlStateUpdates": [
                    {
                        "assignedTo": "" if touched else None,
                        "comment": comment,
                        "state": state,
                        "updatedBy": f"security@{draft.domain}" if touched else None,
                        "updatedDateTime": "2026-09-14T11:00:00Z" if touched else None,
                    }
                ],
            },
        )
    for age in range(days):
        draft.add("secure_scores", _day(draft, percents, unscored, age))


def _day(draft: Draft, percents: Mapping[str, float], unscored: Sequence[str], age: int) -> JsonObject:
    day = draft.collected_at.date() - timedelta(days=age)
    people = sum(1 for one in draft.objects["users"] if one["accountEnabled"] and one["userType"] == "Member")
    scores = []
    for name, _, category, _, points, *_ in _CONTROLS:
        if name in unscored:
            continue
        percent = max(0.0, percents.get(name, 100.0) - (2.0 * age if name in percents else 0.0))
        score: JsonObject = {
            "controlName": name,
            "controlCategory": category,
            "description": None,
            "score": round(points * percent / 100, 2),
            "scoreInPercentage": round(percent, 2),
            "implementationStatus": "",
        }
        if age == 0:
            covered = round(people * percent / 100)
            score |= {
                "description": f"Measured for {name}.",
                "implementationStatus": f"{people - covered} of {people} users are not covered.",
                "lastSynced": f"{day}T01:12:00Z",
                "count": str(covered),
                "total": str(people),
            }
        scores.append(score)
    return {
        "id": f"{draft.tenant_id}_{day}",
        "azureTenantId": draft.tenant_id,
        "createdDateTime": f"{day}T00:00:00Z",
        "activeUserCount": people,
        "licensedUserCount": 0,
        "currentScore": round(sum(one["score"] for one in scores), 2),
        "maxScore": sum(points for name, _, _, _, points, *_ in _CONTROLS if name not in unscored),
        "enabledServices": ["HasAADP1", "HasAADP2", "HasEXOP2", "HasMDOP1", "HasMDOP2", "HasSPOP2", "HasMCAS"],
        "averageComparativeScores": [{"basis": "AllTenants", "averageScore": 41.7}],
        "controlScores": scores,
        "vendorInformation": _VENDOR,
    }
