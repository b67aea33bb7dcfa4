"""The script that makes the app registration which a plan needs.

Ids of permissions are looked up by name in the tenant, so that they are right in every cloud. App ids of the services
are Microsoft's own, the same everywhere.
"""

from __future__ import annotations

from tenantlint.collect.catalog_services import FULL_CONTROL, MANAGE_AS_APP
from tenantlint.collect.plan import Plan

_HEAD = """\
#!/usr/bin/env bash
# Makes the app registration that `tenantlint collect` signs in with: the permissions below, consented to, and the
# Entra role. It can be run again: what is there already stays, and permissions beyond these are named.
#
# Needs the Azure CLI, signed in (`az login --allow-no-subscriptions`) as Global Administrator or Privileged Role
# Administrator of the tenant.
#
#   bash setup.sh --certificate cert.pem            an application that signs in with a certificate
#   bash setup.sh --github OWNER/REPO               a workflow on the branch main, without any secret
#   bash setup.sh --github OWNER/REPO --environment NAME
#   --name NAME             of the app registration (tenantlint-collector)
#   --sharepoint-admin      full control of SharePoint besides, for `collect --sharepoint-admin`
#   --exact                 take away what the application has beyond these permissions
set -euo pipefail

"""

_BODY = """\
name=tenantlint-collector certificate='' github='' environment='' sharepoint_admin=no exact=no
while [ $# -gt 0 ]; do
  case "$1" in
    --name) name="${2:?a name}"; shift 2 ;;
    --certificate) certificate="${2:?a file}"; shift 2 ;;
    --github) github="${2:?OWNER/REPO}"; shift 2 ;;
    --environment) environment="${2:?a name}"; shift 2 ;;
    --sharepoint-admin) sharepoint_admin=yes; shift ;;
    --exact) exact=yes; shift ;;
    *) echo "Unknown option: $1" >&2; exit 2 ;;
  esac
done
case "$name" in *[\\'\\"]*) echo "The name may hold no quotes." >&2; exit 2 ;; esac
if [ -n "$certificate" ] && [ ! -r "$certificate" ]; then echo "Cannot read $certificate." >&2; exit 2; fi

tenant=$(az account show --query tenantId --output tsv)
graph=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
graph=${graph%/}

# A new object is not known everywhere at once: wait and try again.
patiently() {
  local tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 8 ]; then return 1; fi
    sleep 5
  done
}
post() {
  az rest --method POST --url "$graph/v1.0$1" --headers 'Content-Type=application/json' --body "$2" --output none
}

# The application and its service principal.
count=$(az ad app list --filter "displayName eq '$name'" --query 'length(@)' --output tsv)
if [ "$count" -gt 1 ]; then echo "There are $count applications named $name; choose another --name." >&2; exit 1; fi
new=no
if [ "$count" -eq 0 ]; then
  new=yes
  az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --output none
fi
find_app() {
  app=$(az ad app list --filter "displayName eq '$name'" --query '[0].appId' --output tsv)
  [ -n "$app" ]
}
patiently find_app
principal=$(az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv)
if [ -z "$principal" ]; then patiently az ad sp create --id "$app" --output none; fi
find_principal() {
  principal=$(az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv)
  [ -n "$principal" ]
}
patiently find_principal

# Permissions: listed on the application, and granted to its service principal, which is the administrator's consent.
assignments="/servicePrincipals/$principal/appRoleAssignments"
required='' wanted=''
allow() {
  local resource_app="$1" resource role held list=''
  shift
  resource=$(az ad sp list --filter "appId eq '$resource_app'" --query '[0].id' --output tsv)
  if [ -z "$resource" ]; then echo "The tenant does not have the service $resource_app; skipped: $*" >&2; return 0; fi
  for permission in "$@"; do
    role=$(az ad sp show --id "$resource" --output tsv \\
      --query "appRoles[?value=='$permission' && contains(allowedMemberTypes, 'Application')].id | [0]")
    if [ -z "$role" ]; then echo "This cloud does not offer $permission; skipped" >&2; continue; fi
    list="$list{\\"id\\":\\"$role\\",\\"type\\":\\"Role\\"},"
    wanted="$wanted $resource/$role"
    held=$(az rest --method GET --url "$graph/v1.0$assignments" --output tsv \\
      --query "length(value[?appRoleId=='$role' && resourceId=='$resource'])")
    if [ "$held" -eq 0 ]; then
      patiently post "$assignments" \\
        "{\\"principalId\\":\\"$principal\\",\\"resourceId\\":\\"$resource\\",\\"appRoleId\\":\\"$role\\"}"
      echo "granted $permission"
    fi
  done
  if [ -z "$list" ]; then return 0; fi
  required="$required{\\"resourceAppId\\":\\"$resource_app\\",\\"resourceAccess\\":[${list%,}]},"
}
"""

_ALLOW_SHAREPOINT = """\
if [ "$sharepoint_admin" = yes ]; then allow 00000003-0000-0ff1-ce00-000000000000 Sites.FullControl.All; fi
"""

_END_OF_GRANTS = """\
if [ "$new" = yes ] || [ "$exact" = yes ]; then
  az rest --method PATCH --url "$graph/v1.0/applications(appId='$app')" --headers 'Content-Type=application/json' \\
    --body "{\\"requiredResourceAccess\\":[${required%,}]}" --output none
fi
az rest --method GET --url "$graph/v1.0$assignments" --output tsv --query 'value[].[id,resourceId,appRoleId]' |
  while read -r id resource role; do
    case "$wanted " in *" $resource/$role "*) continue ;; esac
    if [ "$exact" = yes ]; then
      az rest --method DELETE --url "$graph/v1.0$assignments/$id" --output none </dev/null
      echo "took away a permission that is not needed ($role)"
    else
      echo "has a permission that is not needed ($role); --exact takes it away"
    fi
  done
"""

_ROLE = """
# The Entra role, for Exchange Online, Security & Compliance and Teams, which have no finer permissions of their own.
definition=$(az rest --method GET --output tsv --query 'value[0].id' \\
  --url "$graph/v1.0/roleManagement/directory/roleDefinitions?\\$filter=displayName%20eq%20'{encoded}'")
held=$(az rest --method GET --output tsv --query "length(value[?roleDefinitionId=='$definition'])" \\
  --url "$graph/v1.0/roleManagement/directory/roleAssignments?\\$filter=principalId%20eq%20'$principal'")
if [ "$held" -eq 0 ]; then
  patiently post /roleManagement/directory/roleAssignments \\
    "{{\\"principalId\\":\\"$principal\\",\\"roleDefinitionId\\":\\"$definition\\",\\"directoryScopeId\\":\\"/\\"}}"
  echo "assigned {role}"
fi
"""

_TAIL = """
# How it signs in.
if [ -n "$certificate" ]; then
  public=$(mktemp)
  trap 'rm -f "$public"' EXIT
  openssl x509 -in "$certificate" -out "$public"  # the certificate alone: a private key never leaves this machine
  az ad app credential reset --id "$app" --cert "@$public" --append --output none
  echo "added the certificate"
fi
if [ -n "$github" ]; then
  subject="repo:$github:ref:refs/heads/main"
  if [ -n "$environment" ]; then subject="repo:$github:environment:$environment"; fi
  audience=api://AzureADTokenExchange
  case "$graph" in *.us) audience=${audience}USGov ;; *.cn) audience=${audience}China ;; esac
  held=$(az ad app federated-credential list --id "$app" --query "length([?subject=='$subject'])" --output tsv)
  if [ "$held" -eq 0 ]; then
    az ad app federated-credential create --id "$app" --output none --parameters "{
      \\"name\\": \\"github-$(printf '%s' "$subject" | tr -c 'A-Za-z0-9-' '-' | cut -c 1-100)\\",
      \\"issuer\\": \\"https://token.actions.githubusercontent.com\\",
      \\"subject\\": \\"$subject\\",
      \\"audiences\\": [\\"$audience\\"]}"
    echo "trusts $subject"
  fi
fi

echo "tenant:      $tenant"
echo "application: $app"
"""

_GRAPH = "00000003-0000-0000-c000-000000000000"
_EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"


def setup_script(plan: Plan) -> str:
    """A bash script for the plan's permissions and role; full control of SharePoint only by its own option."""
    parts = [_HEAD, _BODY]
    if plan.graph_permissions:
        names = "".join(f" \\\n  {name}" for name in plan.graph_permissions)
        parts.append(f"allow {_GRAPH}{names}\n")
    others = {name for _, name in plan.other_permissions}
    if MANAGE_AS_APP in others:
        parts.append(f"allow {_EXCHANGE} {MANAGE_AS_APP}\n")
    if FULL_CONTROL in others:
        parts.append(_ALLOW_SHAREPOINT)
    parts.append(_END_OF_GRANTS)
    if plan.role:
        parts.append(_ROLE.format(role=plan.role, encoded=plan.role.replace(" ", "%20")))
    return "".join([*parts, _TAIL])
