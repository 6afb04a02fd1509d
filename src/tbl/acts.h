/* Acts: what a grant may allow. A(name in code, name, sort, a column for each role of tbl/roles.h, name for people).
 * Sort: THING is about what lies in a unit: who may not view the unit is told that there is no such thing. WORKS is
 * about the installation and decided on the office's own unit: who may not is told so. EVERY is anybody's who has an
 * account, of what is his own.
 *
 *                                           filler
 *                                           |  owner
 *                                           |  |  reviewer
 *                                           |  |  |  verifier
 *                                           |  |  |  |  scorer
 *                                           |  |  |  |  |  panel
 *                                           |  |  |  |  |  |  viewer
 *                                           |  |  |  |  |  |  |  auditor
 *                                           |  |  |  |  |  |  |  |  security
 *                                           |  |  |  |  |  |  |  |  |  system */
A(VIEW,            "see",             THING, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, N_("see records, duties and the report"))
A(RECORD_ADD,      "record.add",      THING, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, N_("add records"))
A(RECORD_CHANGE,   "record.change",   THING, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, N_("correct records"))
A(RECORD_WITHDRAW, "record.withdraw", THING, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, N_("withdraw records"))
A(EVIDENCE_ADD,    "evidence.add",    THING, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, N_("add evidence"))
A(IMPORT,          "import",          THING, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, N_("import registers"))
A(UNDO,            "undo",            THING, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, N_("withdraw an import"))
A(REVIEW,          "review",          THING, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, N_("review what was entered"))
A(PROBLEM_DECIDE,  "problem.decide",  THING, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, N_("accept or drop suggested problems"))
A(VERDICT,         "verdict",         THING, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, N_("verify what was put right"))
A(SCORE,           "score",           THING, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, N_("score"))
A(APPEAL_DECIDE,   "appeal.decide",   THING, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, N_("decide appeals"))
A(NARRATIVE_EDIT,  "narrative.edit",  THING, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, N_("write the report's own paragraphs"))
A(REPORT_EXPORT,   "report.export",   THING, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, N_("take out the report and registers"))
A(PAPER_EDIT,      "paper.edit",      THING, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0,
	N_("change head, signature and number of the report"))
A(REPORT_APPROVE,  "report.approve",  THING, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, N_("approve the report"))
A(REPORT_SEND,     "report.send",     THING, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, N_("say that the report was sent"))
A(ORG_EDIT,        "org.edit",        WORKS, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, N_("change units, posts and holders"))
A(SCHEME_EDIT,     "scheme.edit",     WORKS, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, N_("change the responsibility system"))
A(LOG_VIEW,        "log.see",         WORKS, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, N_("read the log"))
A(LOG_VERIFY,      "log.verify",      WORKS, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, N_("verify the log"))
A(ACCOUNT_VIEW,    "account.see",     WORKS, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, N_("see accounts and their roles"))
A(ACCOUNT_MANAGE,  "account.manage",  WORKS, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, N_("manage accounts"))
A(GRANT_MANAGE,    "grant.manage",    WORKS, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, N_("give and end roles"))
A(SETTINGS,        "settings",        WORKS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, N_("change settings, back up"))
A(OWN,             "own",             EVERY, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, N_("own sessions, password, second factor"))
