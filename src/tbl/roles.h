/* Roles, as a grant gives them for a unit and all below it: R(name in code, name in the log, administrator, needs a
 * second factor, name for people). An account with an administrator's role has no other. */
R(FILLER,   "filler",   false, false, N_("filler"))
R(OWNER,    "owner",    false, false, N_("owner of duties"))
R(REVIEWER, "reviewer", false, false, N_("reviewer"))
R(VERIFIER, "verifier", false, true,  N_("verifier"))
R(SCORER,   "scorer",   false, true,  N_("scorer"))
R(PANEL,    "panel",    false, false, N_("appeal panel"))
R(VIEWER,   "viewer",   false, false, N_("viewer"))
R(AUDITOR,  "auditor",  true,  true,  N_("auditor"))
R(SECURITY, "security", true,  true,  N_("security administrator"))
R(SYSTEM,   "system",   true,  true,  N_("system administrator"))
