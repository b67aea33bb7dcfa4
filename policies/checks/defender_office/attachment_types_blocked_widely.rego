# METADATA
# title: The whole list of dangerous attachment types is blocked
# description: >-
#   The common attachments filter of custom policies and of the default policy has to name every type of
#   `required_types`. The list of the presets is kept by Microsoft, and is not judged. The anti-malware policy that
#   each recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom policies by
#   priority, the default policy; a policy that nobody reaches does not matter. A setting that is not told leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-malware-policies-configure
#     description: Setting up anti-malware policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO005
#   severity: medium
#   requires: [malware_filter_policies]
#   refines: [malware_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_malware]
#   tags: [mail, malware, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: medium, user_impact: medium}
#   rationale: >-
#     Attackers change the container when the filter learns the last one: disk images, shortcuts, add-ins, help files
#     and documents with macros all start code, and the list that comes with the service holds only some of them. A
#     list that names the known ways leaves fewer to try.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-malware: open each
#     custom policy and the default one, Edit protection settings, Customize file types (Set-MalwareFilterPolicy
#     -FileTypes). Begin with FileTypeAction Quarantine and watch what is held for a while.
#   parameters:
#     required_types:
#       type: array
#       default:
#         [
#           ace, ade, adp, ani, apk, app, appcontent-ms, application, appref-ms, appx, appxbundle, arj, asp,
#           aspx, bas, bat, bz2, cab, cer, chm, cmd, com, cpl, crt, csh, daa, deb, desktopthemepackfile, dex,
#           diagcab, dll, dmg, docm, dotm, elf, exe, fxp, gadget, gz, hlp, hpj, hta, img, inf, ins, iso, isp,
#           jar, jnlp, js, jse, kext, ksh, lha, lib, library, library-ms, lnk, lzh, macho, mad, maf, mag, mam,
#           maq, mar, mas, mat, mau, mav, maw, mcf, mda, mdb, mde, mdt, mdw, mdz, mht, mhtml, mof, msc, msh,
#           msh1, msh2, msi, msix, msp, msrcincident, mst, ocx, ops, osd, pcd, pif, pkg, plg, potm, ppa, ppam,
#           ppkg, ppsm, pptm, prf, prg, printerexport, ps1, ps1xml, ps2, ps2xml, psc1, psc2, pst, py, pyc, pyo,
#           pyw, pyz, pyzw, rar, reg, rev, rtf, scf, scr, sct, settingcontent-ms, shb, shs, slk, sldm, sys, tar,
#           theme, themepack, tmp, uif, url, vb, vbe, vbp, vbs, vhd, vhdx, vsmacros, vsw, vxd, webpnp, website,
#           wim, wsb, wsc, wsf, wsh, xbap, xla, xlam, xlc, xll, xlm, xlsb, xlsm, xltm, xlw, xnk, xps, xz, z
#         ]
#       meaning: >-
#         file types that have to be blocked, without the dot; the default holds what starts code on Windows, macOS
#         and in Office, and containers that hide it. Take out what your partners really send
#   mappings:
#     cis_m365: ["2.1.11"]
#     orca: [ORCA.205]
#     prowler: [defender_malware_policy_comprehensive_attachments_filter_applied]
#     mitre_attack: [T1566.001, T1027]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.attachment_types_blocked_widely

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_malware.layers,
	"product": "anti-malware",
	"wants": [
		{"property": "EnableFileFilter", "is": true},
		{"property": "FileTypes", "holds": input.parameters.required_types},
	],
	"presets": false,
}

findings contains finding if some finding in mail_settings.findings(ask)
