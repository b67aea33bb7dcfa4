from __future__ import annotations

import pytest

from tenantlint.collect.calls import Call, CallError, Rate, Reason, Service
from tenantlint.collect.catalog import SOURCES, source_of
from tenantlint.collect.fetching import IncompleteError
from tenantlint.collect.grants import implied, missing
from tenantlint.collect.source import Source
from tenantlint.collect.statuses import foresee, judge
from tenantlint.model import CollectionStatus as Status

P1 = frozenset({"entra_p1", "exchange_online"})
P2 = frozenset({"entra_p1", "entra_p2", "exchange_online"})
MDO = frozenset({"entra_p1", "exchange_online", "defender_office_p1"})
NONE: frozenset[str] = frozenset()


def failed(
    reason: Reason = Reason.REFUSED, status: int | None = None, code: str = "", message: str = "", attempts: int = 1
) -> CallError:
    call = Call(Service.GRAPH, "/v1.0/x", Rate.GRAPH, "policies", "users")
    return CallError(call, reason, status=status, code=code, message=message, attempts=attempts)


def test_what_was_not_asked_for_is_not_collected() -> None:
    assert foresee(source_of("users"), P1, None, included=False) == (
        Status.NOT_COLLECTED,
        "This was not asked for: it is chosen by --include or --exclude",
    )
    status, detail = foresee(source_of("sharepoint_tenant"), P1, None, included=False) or (None, "")
    assert status is Status.NOT_COLLECTED
    assert "--sharepoint-admin" in detail


def test_a_licence_that_is_known_to_be_missing_spares_the_call() -> None:
    assert foresee(source_of("role_eligibility_schedule_instances"), P1, None, included=True) == (
        Status.UNLICENSED,
        "The tenant has no Microsoft Entra ID P2 or ID Governance",
    )
    assert foresee(source_of("safe_links_policies"), P1, NONE, included=True) == (
        Status.UNLICENSED,
        "The tenant has no plan of Defender for Office 365",
    )


@pytest.mark.parametrize("licences", [None, P2])
def test_an_unknown_or_present_licence_asks_for_the_call(licences: frozenset[str] | None) -> None:
    assert foresee(source_of("role_eligibility_schedule_instances"), licences, None, included=True) is None


def test_conditional_access_is_read_without_the_licence() -> None:
    assert foresee(source_of("conditional_access_policies"), NONE, None, included=True) is None


def test_a_permission_that_the_token_lacks_spares_the_call() -> None:
    assert foresee(source_of("authentication_contexts"), P1, frozenset({"Policy.Read.All"}), included=True) == (
        Status.DENIED,
        "The token lacks AuthenticationContext.Read.All; grant AuthenticationContext.Read.All with admin consent",
    )


def test_both_permissions_are_needed_for_sign_in_activity() -> None:
    source = source_of("user_sign_in_activity")
    _, detail = foresee(source, P1, frozenset({"User.Read.All"}), included=True) or (None, "")
    assert detail == "The token lacks AuditLog.Read.All; grant AuditLog.Read.All with admin consent"
    _, detail = foresee(source, P1, NONE, included=True) or (None, "")
    assert detail.startswith("The token lacks User.Read.All and AuditLog.Read.All; ")
    assert foresee(source, P1, frozenset({"User.Read.All", "AuditLog.Read.All"}), included=True) is None


def test_the_licence_comes_before_the_permission() -> None:
    verdict = foresee(source_of("role_management_policies"), P1, NONE, included=True)
    assert verdict is not None
    assert verdict[0] is Status.UNLICENSED


def test_exchange_needs_the_role_besides() -> None:
    assert foresee(source_of("transport_config"), P1, NONE, included=True) == (
        Status.DENIED,
        "The token lacks Exchange.ManageAsApp; grant Exchange.ManageAsApp with admin consent and assign the Entra role "
        "Global Reader to the application",
    )


@pytest.mark.parametrize(
    ("held", "collection"),
    [
        ("Policy.Read.All", "authentication_strengths"),
        ("Policy.ReadWrite.AuthenticationMethod", "authentication_strengths"),
        ("Directory.Read.All", "users"),
        ("Directory.ReadWrite.All", "domains"),
        ("Directory.AccessAsUser.All", "groups"),
        ("Organization.Read.All", "subscribed_skus"),
        ("RoleManagement.Read.All", "role_eligibility_schedule_instances"),
        ("RoleManagementPolicy.Read.Directory", "role_management_policies"),
        ("AdminApi.AccessAsUser.All", "mailboxes"),
        ("AllSites.FullControl", "sharepoint_tenant"),
    ],
)
def test_a_wider_permission_will_do(held: str, collection: str) -> None:
    assert missing(source_of(collection), frozenset({held})) == ()


def test_a_permission_for_something_else_will_not() -> None:
    assert missing(source_of("conditional_access_policies"), frozenset({"Directory.Read.All", "User.Read.All"}))
    assert missing(source_of("secure_scores"), implied(frozenset({"Directory.AccessAsUser.All"})))


def test_teams_and_dns_have_no_permission_in_a_token() -> None:
    assert foresee(source_of("teams_meeting_policies"), None, NONE, included=True) is None
    assert foresee(source_of("dns_records"), None, NONE, included=True) is None


def test_a_whole_collection_is_ok() -> None:
    assert judge(source_of("users"), None, P1, None, 5) == (Status.OK, "")


def test_a_part_of_a_collection_is_truncated_and_nothing_at_all_failed() -> None:
    error = IncompleteError("The service warned that there are more rows than it gave")
    assert judge(source_of("mailboxes"), error, P1, None, 100) == (Status.TRUNCATED, str(error))
    assert judge(source_of("mailboxes"), error, P1, None, 0) == (Status.FAILED, str(error))


def test_an_error_after_objects_keeps_them() -> None:
    error = failed(Reason.UNAVAILABLE, 503, "serviceNotAvailable", "Busy", attempts=6)
    assert judge(source_of("users"), error, P1, None, 200) == (
        Status.TRUNCATED,
        "503 serviceNotAvailable: the service was not available, to the last try; kept the 200 objects read before",
    )


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (
            failed(Reason.THROTTLED, 429, "TooManyRequests", "slow down", attempts=10),
            "429 TooManyRequests: the service limited the requests, to the last try",
        ),
        (
            failed(Reason.THROTTLED, 429, "", "the service asks for a longer wait than this run allows"),
            "429: the service asks for a longer wait than this run allows",
        ),
        (failed(Reason.UNAVAILABLE, 502), "502: the service was not available, to the last try"),
        (failed(Reason.UNREADABLE, 200, "", "HTML instead of JSON"), "200: the reply was no JSON"),
        (failed(Reason.CONNECTION), "No connection to the service, to the last try"),
        (failed(Reason.TIMEOUT), "No reply in time, to the last try"),
        (failed(Reason.BUDGET), "The time given was over"),
        (failed(Reason.BUDGET, 429, "TooManyRequests"), "429 TooManyRequests: the time given was over"),
        (failed(Reason.SIGN_IN, message="no certificate"), "No certificate"),
        (
            failed(Reason.FOREIGN_LINK),
            "The service sent a link to another host, which was not followed",
        ),
    ],
    ids=lambda value: value.reason.value if isinstance(value, CallError) else "",
)
def test_faults_of_the_way_there_are_failures(error: CallError, detail: str) -> None:
    assert judge(source_of("users"), error, P1, None, 0) == (Status.FAILED, detail)


def test_the_number_of_tries_is_not_told() -> None:
    few, many = (failed(Reason.THROTTLED, 429, attempts=n) for n in (2, 9))
    assert judge(source_of("users"), few, P1, None, 0) == judge(source_of("users"), many, P1, None, 0)


@pytest.mark.parametrize("licences", [None, P1])
def test_the_code_for_no_p2_is_unlicensed(licences: frozenset[str] | None) -> None:
    error = failed(
        status=400, code="AadPremiumLicenseRequired", message="The tenant needs to have Microsoft Entra ID P2"
    )
    assert judge(source_of("role_management_policies"), error, licences, None, 0) == (
        Status.UNLICENSED,
        "400 AadPremiumLicenseRequired: reading this needs Microsoft Entra ID P2 or ID Governance",
    )


def test_the_code_for_no_p1_is_unlicensed() -> None:
    error = failed(
        status=403,
        code="Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        message="Neither tenant is B2C or tenant doesn't have premium license",
    )
    status, detail = judge(source_of("user_sign_in_activity"), error, None, None, 0)
    assert status is Status.UNLICENSED
    assert detail.endswith(": reading this needs Microsoft Entra ID P1 or Microsoft Entra ID P2")


def test_a_licence_that_the_tenant_has_is_not_called_missing_because_of_an_error() -> None:
    error = failed(status=400, code="AadPremiumLicenseRequired")
    status, detail = judge(source_of("role_management_policies"), error, P2, None, 0)
    assert status is Status.FAILED
    assert detail.endswith(
        "the service takes the tenant for unlicensed, though it has Microsoft Entra ID P2 or ID Governance"
    )


@pytest.mark.parametrize(("status_code", "code"), [(400, "BadRequest"), (403, "Forbidden"), (401, "Unauthorized")])
def test_intune_says_that_it_is_not_there(status_code: int, code: str) -> None:
    error = failed(status=status_code, code=code, message="Request not applicable to target tenant.")
    status, detail = judge(source_of("device_compliance_policies"), error, None, None, 0)
    assert status is Status.UNLICENSED
    assert detail.endswith("reading this needs Microsoft Intune")


@pytest.mark.parametrize(
    "code",
    [
        "Authorization_RequestDenied",
        "AccessDenied",
        "accessDenied",
        "Authentication_MSGraphPermissionMissing",
        "Forbidden",
        "PermissionScopeNotGranted",
    ],
)
def test_codes_for_a_missing_permission_name_it(code: str) -> None:
    error = failed(status=403, code=code, message="Insufficient privileges to complete the operation.")
    assert judge(source_of("secure_scores"), error, P1, None, 0) == (
        Status.DENIED,
        f"403 {code}: Insufficient privileges to complete the operation; grant SecurityEvents.Read.All with admin "
        "consent",
    )


def test_privileged_identity_management_refuses_in_json_inside_its_message() -> None:
    message = '{"errorCode":"PermissionScopeNotGranted","message":"Authorization failed","instanceAnnotations":[]}'
    error = failed(status=403, code="UnknownError", message=message)
    assert judge(source_of("role_eligibility_schedule_instances"), error, P2, None, 0)[0] is Status.DENIED


def test_a_refusal_in_spite_of_the_permission_asks_for_a_directory_role() -> None:
    error = failed(status=403, code="Authorization_RequestDenied")
    status, detail = judge(source_of("secure_scores"), error, P1, frozenset({"SecurityEvents.Read.All"}), 0)
    assert status is Status.DENIED
    assert "the token has SecurityEvents.Read.All" in detail
    assert "Global Reader" in detail


def test_a_refused_token_failed() -> None:
    error = failed(status=401, code="InvalidAuthenticationToken", message="Access token has expired.")
    assert judge(source_of("users"), error, P1, None, 0) == (
        Status.FAILED,
        "401 InvalidAuthenticationToken: Access token has expired",
    )


def test_a_refusal_without_a_word_may_be_either() -> None:
    status, detail = judge(source_of("remote_domains"), failed(status=403), P1, frozenset({"Exchange.ManageAsApp"}), 0)
    assert status is Status.FAILED
    assert detail == (
        "403: the reply held no explanation; it is a fault of the service, or the Entra role Global Reader is missing"
    )
    _, detail = judge(source_of("users"), failed(status=403), P1, None, 0)
    assert detail.endswith("or User.Read.All is missing")


@pytest.mark.parametrize(
    ("status_code", "granted", "mend"),
    [
        (403, frozenset({"Exchange.ManageAsApp"}), "assign the Entra role Global Reader to the application"),
        (
            401,
            None,
            "grant Exchange.ManageAsApp with admin consent and assign the Entra role Global Reader to the application",
        ),
    ],
)
def test_exchange_refuses_without_the_role(status_code: int, granted: frozenset[str] | None, mend: str) -> None:
    error = failed(status=status_code, code="Forbidden", message="The role assigned does not allow it.")
    status, detail = judge(source_of("transport_config"), error, P1, granted, 0)
    assert status is Status.DENIED
    assert detail.endswith(f"; {mend}")


def test_sharepoint_refuses_a_token_without_a_certificate() -> None:
    error = failed(status=401, message="Unsupported app only token.")
    status, detail = judge(source_of("sharepoint_tenant"), error, P1, frozenset({"Sites.FullControl.All"}), 0)
    assert status is Status.DENIED
    assert "certificate" in detail


NOT_RECOGNIZED = "The term 'Get-SafeLinksPolicy' is not recognized as the name of a cmdlet"


@pytest.mark.parametrize(
    ("licences", "status", "words"),
    [
        (P1, Status.UNLICENSED, "the tenant has no plan of Defender for Office 365"),
        (MDO, Status.DENIED, "assign the Entra role Security Reader"),
        (None, Status.FAILED, "or the application lacks the Entra role Security Reader"),
    ],
)
@pytest.mark.parametrize("status_code", [403, 404, 400])
def test_an_unknown_cmdlet_is_decided_by_licences(
    licences: frozenset[str] | None, status: Status, words: str, status_code: int
) -> None:
    error = failed(status=status_code, message=NOT_RECOGNIZED)
    found, detail = judge(source_of("safe_links_policies"), error, licences, None, 0)
    assert found is status
    assert detail.startswith("The cmdlet is not there")
    assert words in detail


def test_an_unknown_cmdlet_of_a_service_without_licence_name_may_be_either() -> None:
    status, detail = judge(source_of("dlp_compliance_rules"), failed(status=403, message=NOT_RECOGNIZED), P1, None, 0)
    assert status is Status.FAILED
    assert detail == (
        "The cmdlet is not there: the tenant has no such plan, or the application lacks the Entra role Global Reader"
    )


def test_a_collection_that_is_not_found_is_decided_by_licences() -> None:
    error = failed(status=404, code="ResourceNotFound", message="Resource not found")
    assert judge(source_of("sharepoint_settings"), error, P1, None, 0)[0] is Status.UNLICENSED
    status, detail = judge(source_of("sharepoint_settings"), error, None, None, 0)
    assert status is Status.FAILED
    assert detail == "404 ResourceNotFound: Resource not found; the service does not offer this to the tenant"


def test_an_unknown_code_fails_with_the_code() -> None:
    error = failed(status=418, code="Teapot", message="Short and stout.")
    assert judge(source_of("users"), error, P1, None, 0) == (Status.FAILED, "418 Teapot: Short and stout")
    assert judge(source_of("users"), failed(status=403, code="SomethingNew"), P1, None, 0)[0] is Status.FAILED


def test_a_resource_that_was_not_consented_to_is_denied() -> None:
    error = failed(Reason.SIGN_IN, message="AADSTS65001: The administrator has not consented")
    status, detail = judge(source_of("mailboxes"), error, P1, None, 0)
    assert status is Status.DENIED
    assert "grant Exchange.ManageAsApp" in detail


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.collection)
@pytest.mark.parametrize("licences", [None, NONE, P2], ids=["unknown", "none", "p2"])
@pytest.mark.parametrize("granted", [None, NONE], ids=["unknown", "none"])
def test_every_source_has_a_verdict_of_one_sentence_for_every_error(
    source: Source, licences: frozenset[str] | None, granted: frozenset[str] | None
) -> None:
    codes = ["", "AadPremiumLicenseRequired", "Authorization_RequestDenied", "New"]
    verdicts = [
        judge(source, failed(reason, status, code, message), licences, granted, 0)
        for reason in Reason
        for status in (None, 400, 401, 403, 404)
        for code in codes
        for message in ("", NOT_RECOGNIZED)
    ]
    for status, detail in verdicts:
        assert status in {Status.DENIED, Status.UNLICENSED, Status.FAILED}
        assert detail
        assert detail == detail.strip()
        assert "  " not in detail
        assert not detail.endswith(".")
