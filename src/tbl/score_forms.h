/* Forms of an assessment's item: F(name in code, key in a scheme, what it may count, which other keys it has, may be
 * averaged over owners, function, rule in words). Sources: D duties, R records, G figure. Keys: X deduct, O grant
 * (where both stand one of them is given), A of (what is aimed at), S steps, M more and fewer, T times and by,
 * J from and to. */
F(SHARE,     "share",     SRC_D,                 0,                 true,  form_share,     N_("share done, late half"))
F(OWN,       "own",       SRC_D,                 0,                 false, form_own,       N_("the duty's own score"))
F(MISSING,   "missing",   SRC_D,                 KEY_X,             true,  form_missing,   N_("for each missed"))
F(OWNERS,    "owners",    SRC_D,                 KEY_X,             false, form_owners,
	N_("for each owner with a miss"))
F(SHORT,     "short",     SRC_D | SRC_R | SRC_G, KEY_X | KEY_A,     false, form_short,     N_("for each one short"))
F(EACH,      "each",      SRC_R,                 KEY_X | KEY_O | KEY_T, false, form_each,  N_("for each record"))
F(DONE,      "done",      SRC_D | SRC_R | SRC_G, KEY_O,             false, form_done,      N_("for each one done"))
F(ALL,       "all",       SRC_D | SRC_R | SRC_G, 0,                 true,  form_all,       N_("all or nothing"))
F(BANDS,     "bands",     SRC_D | SRC_G,         KEY_S,             false, form_bands,     N_("by bands"))
F(INDICATOR, "indicator", SRC_R | SRC_G,         KEY_A | KEY_M,     false, form_indicator,
	N_("more or fewer than the reference"))
F(JUDGE,     "judge",     0,                     KEY_J,             false, form_judge,
	N_("at the assessor's discretion"))
F(VALUE,     "value",     SRC_G,                 KEY_A,             false, form_value,
	N_("a score from elsewhere, converted"))
