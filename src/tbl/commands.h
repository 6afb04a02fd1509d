/* Commands: C(name, function, operands, summary), each followed by its options O(long name, value name (in
 * brackets where it may be left out) or NULL for a flag, help) and its help texts H(text): paragraphs, then examples
 * "zeren …<tab>what it does".
 * Texts, operands and value names are message keys (English), translated in text/zh.po. --help, --json,
 * --data DIR, --lang zh|en and --color are common to all and not listed.
 *
 * Operands: words with one blank between; [X] may be left out, X… may be repeated, a word in small letters
 * stands for itself. An option whose value name ends in … may be repeated. */
C("init", cmd_init, N_("[DIR]"), N_("make a data directory from an organisation and a scheme"))
O("org", N_("FILE"), N_("organisation: org.json or org.xlsx"))
O("scheme", N_("FILE|NAME"), N_("responsibility system: scheme.yaml, or one that comes with the program"))
O("year", N_("YEAR"), N_("the year in hand, where the organisation names none"))
O("database", N_("URL"), N_("PostgreSQL instead of a file: postgresql://…"))
H(N_("Makes DIR, or the data directory where DIR is left out, with a new log. A directory that holds a "
	"log already is left as it is."))
H(N_("zeren init --org org.xlsx --scheme scheme.yaml\tin ./zeren-data"))
H(N_("zeren init /srv/zeren --org org.json\tin a folder of your choice"))

C("adopt", cmd_adopt, "", N_("put a changed organisation, scheme or calendar in force"))
O("org", N_("FILE"), N_("organisation: org.json or org.xlsx"))
O("scheme", N_("FILE|NAME"), N_("responsibility system: scheme.yaml, or one that comes with the program"))
O("from", N_("DATE"), N_("with --scheme: its first day in force; else today"))
O("calendar", N_("FILE"), N_("holidays and make-up days of a year: calendar.yaml"))
O("year", N_("YEAR"), N_("the year in hand, where the organisation names none"))
H(N_("What the file says anew is added or changed, and the past stays in the log; what is in force already is "
	"not written again."))
H(N_("Each year is judged by the scheme in force at its end, and what was due before a change by the older duties. "
	"Of two versions that hold on a day the one adopted later counts, so a fault of the past is mended with the "
	"old first day."))
H(N_("zeren adopt --scheme scheme.yaml --from 2023-01-01\tduties change with the year"))
H(N_("zeren adopt --org org.json\tafter a change of holder"))
H(N_("zeren adopt --calendar calendar.yaml\twhen next year's holidays are known"))

C("import", cmd_import, N_("FILE|FOLDER…"),
	N_("read the office's registers; shows what would happen, writes with --accept"))
O("year", N_("YEAR"), N_("the year of the registers; else the office's year"))
O("evidence", N_("DIR"), N_("folder of evidence files; else 佐证 or evidence beside the registers"))
O("accept", NULL, N_("write the rows"))
O("partial", NULL, N_("with --accept: write the good rows although others are refused"))
O("refused", N_("FILE.xlsx"), N_("write the refused rows with their reasons to a workbook"))
H(N_("Nothing is written without --accept: look first, then say yes. Where rows are refused, the exit "
	"status is 1. A whole import can be taken back with zeren undo."))
H(N_("zeren import registers\tlook at every workbook of a folder"))
H(N_("zeren import registers --refused refused.xlsx\talso write the refused rows to a workbook"))
H(N_("zeren import registers --accept --partial\twrite what can be written"))

C("register", cmd_register, N_("[TYPE]"), N_("list the records of a type, or the types"))
O("on", N_("DATE"), N_("as of this day"))
O("year", N_("YEAR"), N_("records dated in this year"))
O("where", N_("FIELD=VALUE"), N_("only records with this value"))
O("sort", N_("FIELD"), N_("order by this field; -FIELD for descending"))
O("limit", N_("N"), N_("at most so many rows (default 100; 0: all)"))
O("all", NULL, N_("withdrawn records as well"))
H(N_("Days are written as 2022-06-03. On a terminal long values are cut with …; into a file or a pipe "
	"they go whole."))
H(N_("zeren register\tthe types of records"))
H(N_("zeren register meeting --year 2022 --sort -date\tthe newest first"))
H(N_("zeren register meeting --on 2022-06-30 --json\tfor another program"))

C("record", cmd_record, N_("ACTION TYPE|ID [FIELD=VALUE…]"),
	N_("enter, correct or withdraw a single record by hand, or see what became of it"))
O("file", N_("NAME=FILE…"), N_("add, correct: an evidence file, and what it is called"))
O("year", N_("YEAR"), N_("add: the year of its register; else the office's year"))
O("why", N_("TEXT"), N_("withdraw (must), correct, restore: the reason, kept in the log"))
H(N_("ACTION is form, add, correct, withdraw, restore or show. ID is the number of the record's event, as "
	"zeren register shows it. FIELD is a name or a title of zeren record form; VALUE is what would stand in the "
	"register's cell, nothing takes the value away. Everything that does not fit is said at once, and nothing is "
	"written."))
H(N_("A record by hand is the same record when a register brings it later. Nothing is ever removed: what was said "
	"before stays in the log, and a withdrawn record can be restored. One that others name by a link is not "
	"withdrawn; the exit status is 5."))
H(N_("zeren record form meeting\twhat a meeting's record asks for"))
H(N_("zeren record add meeting date=2022-06-03 name=… --file sign-in.pdf=scan.pdf\twith its evidence"))
H(N_("zeren record correct 1205 present=11\tthe rest stays as it is"))
H(N_("zeren record withdraw 1205 --why \"entered twice\"\twith the reason"))
H(N_("zeren record show 1205\twho said what, and when"))

C("export", cmd_export, N_("[TYPE]"), N_("take registers out, in the office's own columns"))
O("all", NULL, N_("every register, a workbook with a sheet each"))
O("blank", NULL, N_("a workbook without records, to be handed out and filled in"))
O("format", N_("csv|xlsx|pdf|docx|ofd|html"), N_("else by the end of FILE; csv where there is none"))
O("out", N_("FILE"), N_("where to write; else a CSV goes to standard output"))
O("on", N_("DATE"), N_("without what is dated later"))
O("year", N_("YEAR"), N_("registers of this year; else that of the day, or the office's"))
H(N_("The columns are those of the scheme's register, in its order and by its first header words. What is not changed "
	"and read in again changes nothing. In a workbook dates and numbers are such, and a hidden last column holds "
	"each record's id: zeren import knows the rows by it, whatever else was changed. In a CSV a ' stands before"
	" what a spreadsheet would take for a formula, and zeren import "
	"takes it off again."))
H(N_("pdf, docx, ofd and html are to be read, printed and kept: a lying table with its head on every page, at most "
	"10000 records and 63 columns. They are not read in again."))
H(N_("Where several registers hold a type, TYPE is the name of one of them. Withdrawn records and those dated "
	"outside the year of their register are left out."))
H(N_("zeren export meeting --out meetings.xlsx\tone register as a workbook"))
H(N_("zeren export meeting --on 2022-06-30\tas CSV, the first half of the year"))
H(N_("zeren export --all --out year.xlsx\tall registers in one workbook"))
H(N_("zeren export meeting --out meetings.pdf\tto be printed"))
H(N_("zeren export meeting --blank --out blank.xlsx\tto be filled in by hand or by another office"))

C("status", cmd_status, N_("[DUTY]"), N_("what became of every duty as of a day, or of one, slot by slot"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("units", N_("KIND"), N_("instead of duties: each unit of this kind, those with the most missed first"))
H(N_("A duty's slots are met, late, missed or not yet due; its status is the first that fits of missed, late, at risk, "
	"satisfied, on track, not due."))
H(N_("zeren status --on 2022-06-30\tall duties at mid-year"))
H(N_("zeren status --units township\twhich units are behind"))
H(N_("zeren status A11\teach slot of one duty with the records that fill it"))

C("figure", cmd_figure, N_("[NAME…]"), N_("every figure as of a day, or those named, with the records behind them"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("rows", NULL, N_("also the counting rule and every record counted, as file#sheet!row"))
H(N_("A figure is defined once, in the scheme. A part is named behind a stroke; NAME may hold * and ?."))
H(N_("zeren figure\tall of them"))
H(N_("zeren figure problems.end/closure_rate_pct\tone part of one"))
H(N_("zeren figure 'meetings.*' --on 2022-06-30 --rows\tat mid-year, with the records"))

C("chart", cmd_chart, N_("KIND"), N_("a chart as a file, or its figures"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("duty", N_("ID"), N_("strip: the duty"))
O("duties", N_("ID,…"), N_("heat: these duties; else all"))
O("figures", N_("NAME,…"), N_("bars, lines: the figures"))
O("form", N_("FORM"), N_("bars: grouped (else), stacked or lying"))
O("unit", N_("WORD"), N_("bars, lines: the word at the axis"))
O("title", N_("TEXT"), N_("what it is called"))
O("format", N_("svg|pdf|png|csv"), N_("else by the end of FILE; svg where there is none"))
O("out", N_("FILE"), N_("where to write; else SVG and CSV go to standard output"))
H(N_("KIND is heat (units and duties), strip (the year of a duty), matrix (open risks), ageing (open findings), bars "
	"or lines (figures). It is of the whole office. csv is its figures as a table; --json shows them with what "
	"they say in words. The same log gives the same bytes."))
H(N_("zeren chart heat --out heat.pdf\tunits and duties, to be printed"))
H(N_("zeren chart strip --duty A03 --out a03.svg\tthe year of a duty"))
H(N_("zeren chart bars --figures submissions.by_month --out months.png\ta figure by months"))
H(N_("zeren chart ageing --format csv\thow long findings have been open, as a table"))

C("burden", cmd_burden, N_("[duty|unit|month]"), N_("what proof is asked for and given, and what is entered late"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
H(N_("Entries and files that the year's slots ask for, per duty and unit, and those that are there; what one entry or "
	"file that serves several duties saved; files over the most that a record needs; and by unit and month the "
	"share of entries made long after."))
H(N_("zeren burden\tper duty, with the sums"))
H(N_("zeren burden unit\tper unit"))
H(N_("zeren burden month\tlate entries by unit and month"))

C("warn", cmd_warn, N_("[ACTION] [KEY]"),
	N_("the warnings of a day; answer and lift them, try the rules on past years"))
O("on", N_("DATE"), N_("as of this day; else the end of the year, to answer and to lift today"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("rule", N_("ID"), N_("only warnings of this rule"))
O("all", NULL, N_("lifted warnings as well"))
O("scheme", N_("FILE"), N_("list, backtest: by the rules of this file, before they come in force"))
O("by", N_("POST"), N_("answer, lift, reopen: the post that does so"))
O("text", N_("TEXT"), N_("answer, lift, reopen: what was done, or why it is lifted or not"))
O("from", N_("YEAR"), N_("backtest: the first year"))
O("to", N_("YEAR"), N_("backtest: the last year"))
H(N_("ACTION is list, answer, lift, reopen or backtest; list where it is left out. A rule's colour says how far "
	"behind something is; how grave a risk is, stands in a column of its own. Who answered a warning does "
	"not lift it, and who lifted it does not take that back: reopen is another's. A warning whose answer is "
	"overdue goes to whom the rule names for that."))
H(N_("backtest counts, for each rule, what was late or missed in the end and whether the rule had warned before, "
	"how many days ahead, and how often it warned of what was met in time."))
H(N_("zeren warn --on 2022-06-30\tthe warnings of a day"))
H(N_("zeren warn answer KEY --by … --text …\tsay what was done about one"))
H(N_("zeren warn backtest --from 2020 --to 2022\twould the rules have warned?"))
H(N_("zeren warn backtest --scheme scheme.yaml\ttry rules before they come in force"))

C("risk", cmd_risk, N_("[ACTION] [NO…] [STEP]"),
	N_("the register of risks on a day: levels, reviews due, the matrix; take a step"))
O("on", N_("DATE"), N_("as of this day, or of a step the day it was; else the end of the year, of a step today"))
O("level", N_("LEVEL"), N_("only risks of this level; of a step the new level"))
O("all", NULL, N_("closed risks as well"))
O("likelihood", N_("VALUE"), N_("step: likelihood, as the matrix has it"))
O("impact", N_("VALUE"), N_("step: impact, as the matrix has it"))
O("by", N_("POST"), N_("step: the post that does it"))
O("text", N_("TEXT"), N_("step: measures, or what the review found"))
O("why", N_("TEXT"), N_("step: the reason"))
O("no", N_("TEXT"), N_("step: the number of the consultation"))
O("with", N_("WHO"), N_("step consult: the bodies and posts that met"))
H(N_("ACTION is list, due (reviews overdue or due within 31 days), matrix, show or step. STEP is rate, measure, "
	"review, consult, escalate, lower, close or reopen. A rating takes likelihood and impact, from which the "
	"matrix gives the level; another level, or one without them, needs a reason. A consultation takes several "
	"risks, each with its new level where that changes: NO=LEVEL."))
H(N_("zeren risk\tthe open risks with level, last and next review"))
H(N_("zeren risk matrix\thow many risks in each field of the matrix"))
H(N_("zeren risk step F03 rate --likelihood … --impact … --by …\tits level by the matrix"))
H(N_("zeren risk step F03=LEVEL F07 consult --no 2022-2 --text … --by …\ttwo risks in one meeting"))

C("report", cmd_report, N_("[adopt|approve|sent|withdraw|versions|compare|count|paper] [NAME…]"),
	N_("write the year's report, every number bound to its records; approve it"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("approved", N_("N"), N_("version N as it was approved, byte for byte"))
O("narrative", N_("FILE"), N_("own paragraphs from this file (Markdown) instead of those in the log"))
O("redact", N_("[LEVEL]"), N_("hide what that level of the outline hides; else what the last one hides"))
O("out", N_("DIR"), N_("where to write the results"))
O("format", N_("LIST"), N_("only these, with commas between: docx, pdf, ofd, html, md, txt, trace, png"))
O("dpi", N_("N"), N_("of the pictures of pages, 36 to 400 (default 150)"))
O("no", N_("NO"), N_("approve: the number that the document gets"))
O("day", N_("DATE"), N_("approve, sent: on that day; else today"))
O("to", N_("WHOM"), N_("sent: to whom"))
O("way", N_("WORDS"), N_("sent: how, such as by courier"))
O("why", N_("TEXT"), N_("the reason, kept in the log"))
O("accept", NULL, N_("adopt: take people's own text into the log"))
O("last", N_("FILE"), N_("compare: last year's report from this file (text or Markdown)"))
H(N_("Writes report.docx, report.pdf, report.ofd, report.html (each figure opens its records), report.md, report.txt, "
	"trace.json (what every word came from) and check.json. The outline stands in the scheme under report, what "
	"stands around the text under report.paper. The same log, day, N and fonts give the same bytes. Fonts of the "
	"office's own lie in fonts/ of the data directory."))
H(N_("Actions: adopt FILE, approve, sent N, withdraw N, versions [N [M]], compare, count, "
	"paper [FIELD VALUE…]. Who wrote the last own paragraph does not approve."))
H(N_("zeren report --out results\tthe report at the end of the year"))
H(N_("zeren report --on 2022-06-30 --out half-year\twhat it would say at mid-year"))
H(N_("zeren report --redact public --out public --format pdf,ofd\tas the outline's level of that name has it"))
H(N_("zeren report --known 120 --out then\twhat it said when event 120 was the last"))
H(N_("zeren report paper seal stamp limit 15000\twhat the office says of its paper"))
H(N_("zeren report paper address https://zeren.example.gov.cn\tnumbers in PDF, DOCX and OFD open their records"))
H(N_("zeren report approve --no 5\tit is approved as it stands"))
H(N_("zeren report sent 1 --to … --way …\tand was sent"))
H(N_("zeren report --approved 1 --out sent\tthe same file again"))
H(N_("zeren report versions 1 2\twhat the second says otherwise; with one number: what the records say now"))
H(N_("zeren report compare --last 2021.md\tlast year's text beside this year's"))
H(N_("adopt reads a report.docx that was edited in a word processor. People's own paragraphs are taken with "
	"--accept, in "
	"one step that narrative history shows; without it they are only shown. What records and the scheme make "
	"is never taken: "
	"sentences with other words and figures with other values are named, with what the records say; so is what "
	"stands around the text, annexes, pictures, notes and remarks. Where a figure "
	"or a number in an annex differs, the exit status is 1. Give the --on or --approved that the report was "
	"written with."))
H(N_("zeren report adopt edited.docx\twhat was changed in it"))
H(N_("zeren report adopt edited.docx --accept\ttake the own paragraphs"))

C("check", cmd_check, "", N_("hold the report's claims, problems and plan against the records"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("narrative", N_("FILE"), N_("own paragraphs from this file (Markdown) instead of those in the log"))
H(N_("Names claims that the records do not carry, claims that stand beside a problem on the same duty, "
	"missed duties that no problem names, problems without a plan and the reverse, missing evidence, and "
	"numbers that people typed and the figures do not confirm. Where there is a finding, the exit status "
	"is 1."))
H(N_("zeren check\tbefore the report goes out"))

C("problem", cmd_problem, N_("[NO…]"), N_("the problems that the records suggest, for a person to decide"))
O("accept", NULL, N_("these are problems of the year's report"))
O("drop", NULL, N_("these are not; the report leaves them out"))
O("why", N_("TEXT"), N_("the reason, kept in the log"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("narrative", N_("FILE"), N_("own paragraphs from this file (Markdown) instead of those in the log"))
H(N_("A suggestion states a miss, never an attitude. Until somebody decides, the report prints it and calls it what "
	"the registers say; a dropped one is left out. A decision is an event and can be made anew."))
H(N_("zeren problem\twhat is suggested, with numbers"))
H(N_("zeren problem 2 5 --drop --why \"settled with the superior\"\tleave two of them out"))

C("plan", cmd_plan, N_("[ACTION] [NO]"), N_("what was promised for the year, and what became of it"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("record", N_("ID"), N_("done: by this record, as one occasion; else the whole of it"))
O("day", N_("DATE"), N_("done, drop, reopen: from this day on; else today"))
O("why", N_("TEXT"), N_("the reason, kept in the log; drop: must"))
H(N_("Lines of the plan whose limit lies in the year are its commitments: owed by the post that the line names, due on "
	"the limit. They are met by records that name the line, or by a decision: ACTION is done, drop or reopen, NO "
	"the line's number. A promise that stood in last year's plan already is marked, where it says the same, or "
	"where four fifths of its pairs of characters are the same."))
H(N_("zeren plan --year 2023\twhat the plan for 2023 came to"))
H(N_("zeren plan done JH-04 --record 812\trecord 812 is one occasion of it"))
H(N_("zeren plan drop JH-09 --why \"the tool was taken out of use\"\tit is not pursued"))
C("assess", cmd_assess, N_("[ACTION] [ITEM|STEP|N] [POINTS|N]"),
	N_("the year's score line by line, appeals, what would raise it"))
O("unit", N_("UNIT"), N_("the unit, where the scheme scores each unit of a kind"))
O("by", N_("POST"), N_("the post by which it is done, code or name"))
O("why", N_("TEXT"), N_("score, appeal: the reason, kept in the log"))
O("text", N_("TEXT"), N_("self: what proves it"))
O("thing", N_("POST|N"), N_("score: of those that the item judges one by one, the post or the record's number"))
O("appeal", N_("N"), N_("score: after this appeal was upheld"))
O("explain", NULL, N_("every line with the slots and rows behind it"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
H(N_("Without ACTION the sheet: what the rules compute, the self score, the assessor's, and why; where the "
	"scheme scores units, the units beside each other. whatif says what is at stake: what doing it gives, what "
	"missing it costs."))
H(N_("open keeps the scheme in force, by which the year is scored from then on, also when another is "
	"adopted later. self, score, confirm and settle follow: who scores is not who entered the self score, and a "
	"score counts once another post has confirmed it. settle freezes total, grade and lines."))
H(N_("appeal file ITEM asks the panel, within the scheme's days. Its steps are take-up, then uphold, "
	"partly or dismiss; take-back ends it. The panel is not who scored. What was upheld is scored again with "
	"--appeal N, confirmed and settled anew."))
H(N_("An item that judges several things takes a score each: score ITEM POINTS --thing POST. confirm ITEM confirms all "
	"of its scores that wait."))
H(N_("zeren assess --explain\tthe sheet, each point with its rule, slots and rows"))
H(N_("zeren assess whatif --on 2022-09-30\twhat would raise the score at the end of September"))
H(N_("zeren assess score A08 4.5 --why \"two visits on paper only\" --by G05\tby the assessor"))
H(N_("zeren assess confirm 1310 --by G06\tby a second post"))
H(N_("zeren assess appeal file A08 --why \"the visits have minutes\" --by G02\tagainst that score"))
C("excuse", cmd_excuse, N_("[ACTION] [DUTY|NO]"), N_("slots that are excused, put off, or do not apply"))
O("slot", N_("LABEL"), N_("ask: the slot, as zeren status DUTY calls it"))
O("owner", N_("OWNER"), N_("ask: the slot's owner, a post or a unit"))
O("object", N_("OBJECT"), N_("ask: what the slot is about"))
O("kind", N_("KIND"), N_("ask: excused, extended or not_applicable"))
O("until", N_("DATE"), N_("ask, approve: an extension's new due day"))
O("by", N_("POST"), N_("the post that does it"))
O("why", N_("TEXT"), N_("the reason, kept in the log; ask, refuse and revoke: must be given"))
O("day", N_("DATE"), N_("the day on which it was done; else today"))
O("year", N_("YEAR"), N_("ask: the year of the slot; else the office's"))
O("on", N_("DATE"), N_("list: as of this day"))
H(N_("ACTION is list, show, ask, approve, refuse, withdraw or revoke. NO is the number that ask gives. Another "
	"post decides than the one that asked; where the duty names who decides, no other does. More time must "
	"be asked for on or before the due day. What is granted counts from the day of the decision on, until "
	"another post than the one that granted it revokes it."))
H(N_("zeren excuse\twhat was asked for, and what became of it"))
H(N_("zeren excuse ask A01 --slot SLOT --by G01 --why \"flood control\"\tfor one slot"))
H(N_("zeren excuse ask A01 --slot SLOT --until 2022-07-15 --by G01 --why floods\tmore time"))
H(N_("zeren excuse approve 612 --by G00\tby another hand"))
H(N_("zeren excuse revoke 612 --by G02 --why \"granted by mistake\"\tby a third one"))

C("handover", cmd_handover, N_("[POST|ACTION] [POST|NO]"),
	N_("a post changes hands: what goes over, who gave and who took it"))
O("on", N_("DATE"), N_("as of this day, the last before the change; else the eve of the newest change"))
O("by", N_("POST"), N_("the post that does it; else the one that changes hands"))
O("name", N_("NAME"), N_("give, take, leave, take-up: who does it"))
O("line", N_("NO"), N_("note: the line"))
O("text", N_("TEXT"), N_("note: what is to be said of it"))
O("why", N_("TEXT"), N_("drop: the reason, kept in the log"))
O("day", N_("DATE"), N_("the day on which it was done; else today"))
O("vacant", NULL, N_("the days of a year on which nobody answers for a post, and what fell due on them"))
O("year", N_("YEAR"), N_("vacant: of this year; else the office's"))
H(N_("Goes over: slots that are overdue or open, done without enough evidence or entered late, open findings and "
	"risks, excuses not decided, warnings not answered. POST alone shows the list; prepare keeps it, with its "
	"digest "
	"in the log. Who leaves gives it, then who comes takes it; where nobody comes yet it is left, and where nobody "
	"left it is taken up. Their names are those of the holders. note says something of a line, drop gives the "
	"handover up; list and show look at what is kept."))
H(N_("zeren handover G02\twhat would go over"))
H(N_("zeren handover prepare G02 --by G01\tkeep the list"))
H(N_("zeren handover give 612 --name \"Zhang San\"\tby who leaves"))
H(N_("zeren handover take 612 --name \"Li Si\"\tby who comes"))
H(N_("zeren handover --vacant --year 2022\twho answered for each post, day by day"))

C("narrative", cmd_narrative, N_("[ACTION] [SECTION|FILE] [FILE]"),
	N_("the report's own paragraphs, which only people can write"))
O("year", N_("YEAR"), N_("the report's year; else the office's"))
O("after", N_("N"), N_("write: only where event N is still what was said last"))
O("why", N_("TEXT"), N_("write: the reason, kept in the log"))
H(N_("ACTION is show, write, history, import or export. SECTION is a section's number or name, as show lists "
	"them. write takes its text from FILE, or from standard input where FILE is left out or -; paragraphs have "
	"a blank line between, and an empty text takes the section away. Each save is an event; an old version is "
	"restored by writing it again."))
H(N_("import takes a whole narrative.md into the log: a heading a section, its paragraphs below. What it does "
	"not name stays. export gives such a file back."))
H(N_("zeren narrative\twhat is written and what is missing"))
H(N_("zeren narrative import narrative.md\tfor the first time"))
H(N_("zeren narrative write SECTION text.txt\tone section anew"))
H(N_("zeren narrative history SECTION\teverything it ever said"))

C("inspect", cmd_inspect, N_("[ACTION] [NO] [ITEM] [RESULT] [FIELD=VALUE…]"),
	N_("inspections: planned, held, what was looked at"))
O("by", N_("POST"), N_("a step: post by which it is done, code or name"))
O("day", N_("DATE"), N_("a step: the day it happened; else today"))
O("why", N_("TEXT"), N_("a step: the reason"))
O("no", N_("NO"), N_("a step: number of the document, of the measure, of the closure"))
O("due", N_("DATE"), N_("a step: the day set by it"))
O("post", N_("POST"), N_("a step: the post that answers for it"))
O("unit", N_("UNIT"), N_("a step: the unit that answers for it"))
O("level", N_("LEVEL"), N_("a step: how serious it is"))
O("progress", N_("0-100"), N_("a step: how far it is, in per cent"))
O("text", N_("TEXT"), N_("a step: measure, result, conclusion"))
O("way", N_("TEXT"), N_("a step: how it was verified: on site, by papers"))
O("proof", N_("NAME=FILE…"), N_("a step: a file of evidence; may be repeated"))
O("list", N_("NAME"), N_("check: the checklist, where the scheme has more than one"))
O("finding", NULL, N_("check: enter a finding for the problem"))
O("on", N_("DATE"), N_("as of this day; else today, or the end of the office's year"))
O("year", N_("YEAR"), N_("of this year; of a finding: the year of its register"))
H(N_("ACTION is list, plan, show, lists, steps, check, finding or one of the steps: hold, postpone, cancel, report. "
	"plan shows what is still to be held, lists the checklists of the scheme, steps from where each step goes "
	"and what it needs."))
H(N_("check says the RESULT of an ITEM (its text or its number): ok, problem or none, which means that it does not "
	"apply. With --finding a problem becomes a finding: source, unit, day and link come from the inspection, "
	"FIELD=VALUE says more. finding enters one that no checklist asked for."))
H(N_("zeren inspect plan\twhat is still to be held"))
H(N_("zeren inspect hold 40 --by G03 --day 2022-05-20\tit was held"))
H(N_("zeren inspect check 40 2 problem --by G03 --text \"blocked\" --finding\titem 2: a problem, and a finding"))
H(N_("zeren inspect show 40\twhat was looked at, and what came of it"))

C("finding", cmd_finding, N_("[ACTION] [NO]"), N_("findings: from feedback to closure, by whom and until when"))
O("by", N_("POST"), N_("a step: post by which it is done, code or name"))
O("day", N_("DATE"), N_("a step: the day it happened; else today"))
O("why", N_("TEXT"), N_("a step: the reason"))
O("no", N_("NO"), N_("a step: number of the document, of the measure, of the closure"))
O("due", N_("DATE"), N_("a step: the day set by it"))
O("post", N_("POST"), N_("a step: the post that answers for it"))
O("unit", N_("UNIT"), N_("list, rates: this unit and those below; a step: the unit that answers"))
O("level", N_("LEVEL"), N_("a step: how serious it is"))
O("progress", N_("0-100"), N_("a step: how far it is, in per cent"))
O("text", N_("TEXT"), N_("a step: measure, result, conclusion"))
O("way", N_("TEXT"), N_("a step: how it was verified: on site, by papers"))
O("proof", N_("NAME=FILE…"), N_("a step: a file of evidence; may be repeated"))
O("state", N_("STATE"), N_("list: those in this state"))
O("open", NULL, N_("list: those that are not closed"))
O("within", N_("N"), N_("recur, rates: days after closure; else as the scheme says"))
O("on", N_("DATE"), N_("as of this day; else today, or the end of the office's year"))
O("year", N_("YEAR"), N_("open or found in this year"))
H(N_("ACTION is list, show, overdue, recur, rates, steps or one of the steps that zeren finding steps lists: feedback, "
	"receipt, measure, plan, approve, progress, extend, grant, done, verify, return, close, notice, recheck,"
	" reopen "
	"and others. NO is the number of the record, as list shows it. A step that can't be made now is refused with "
	"the reason and with what is possible."))
H(N_("Who put it right does not verify it, and who asks does not approve: the posts differ. recur lists what has "
	"come back after closure, rates how much was closed, in time or not, with the arithmetic."))
H(N_("zeren finding overdue\twhat is overdue, due soon, to be checked again"))
H(N_("zeren finding show 57\tevery step, the measures, what is possible now"))
H(N_("zeren finding extend 57 --by G11 --due 2022-08-31 --why \"parts are late\"\task for more time"))
H(N_("zeren finding verify 57 --by G03 --way \"on site\" --text done\tby another hand"))
H(N_("zeren finding rates --year 2022\tthe year in figures"))

C("account", cmd_account, N_("[ACTION] [LOGIN] [ROLE] [UNIT]"), N_("accounts, and the roles they have"))
O("name", N_("NAME"), N_("add, change: the person's name"))
O("post", N_("CODE"), N_("add, change: code of the post that is held; - for none"))
O("unit", N_("CODE"), N_("grant, end: the unit; else the office and all below it"))
O("from", N_("DATE"), N_("grant: from this day on"))
O("until", N_("DATE"), N_("grant: up to this day"))
O("why", N_("TEXT"), N_("end, close: the reason, kept in the log"))
O("password-stdin", NULL, N_("add, password: read the password from standard input, one line"))
O("lasting", NULL, N_("add: the password need not be changed at the first sign-in"))
H(N_("ACTION is list, add, change, password, second, grant, end, close, open or unlock. A LOGIN is 2 to 64 "
	"of a-z, 0-9, '.', '_' and '-'; it never changes and is never used again. A password that is set here "
	"must be changed at the first sign-in, but with --lasting."))
H(N_("ROLE is filler, owner, reviewer, verifier, scorer, panel, viewer, auditor, security or system. It "
	"holds for UNIT and all below it. The last three are administrators: such an account has no other "
	"role. Who gets or loses a role, and whose account is closed, is signed out."))
H(N_("second takes a lost second factor away; unlock forgets failed sign-ins. Whoever may open the data "
	"directory at the command line may do all of this; the log says that it was done here."))
H(N_("zeren account\tall accounts"))
H(N_("zeren account add zhang.san --name \"Zhang San\" --post G02\tasks for a password"))
H(N_("zeren account grant zhang.san filler U02\tmay enter records of that unit"))
H(N_("zeren account end zhang.san filler --why moved\tmay no more"))

C("log", cmd_log, N_("[N]"), N_("show the events, or event N whole"))
O("from", N_("N"), N_("from this event on"))
O("kind", N_("KIND"), N_("only this kind"))
O("limit", N_("N"), N_("at most so many (default 50, the newest; 0: all)"))
H(N_("Every change is an event, numbered from 0; nothing is ever removed. Times are those of UTC+8. "
	"KIND may hold * and ?. With --json each line is an event byte for byte as it was recorded: the "
	"SHA-256 of a zero byte and the line, without its line end, is the leaf hash that zeren log N "
	"shows."))
H(N_("zeren log\tthe newest 50 events"))
H(N_("zeren log 12\tthe whole of event 12"))
H(N_("zeren log --kind 'record.*' --limit 10\tthe newest ten that concern records"))
H(N_("zeren log --from 0 --limit 0 --json\tthe whole log, an event a line"))

C("verify", cmd_verify, "", N_("hold the log against itself, the tables and the files"))
O("quick", NULL, N_("only the head and the checkpoint"))
O("deep", NULL, N_("also rebuild every table from the log and compare"))
H(N_("Nothing is mended. Each finding names the first bad event, table row or file. Where there is one, "
	"the exit status is 7. Write the root down on paper, or give it to somebody else: whoever has it "
	"can tell later whether the past was changed."))
H(N_("zeren verify\tevery event and every file"))
H(N_("zeren verify --deep --json\tall there is, for another program"))

C("undo", cmd_undo, N_("IMPORT"), N_("withdraw an import by a new event"))
O("why", N_("TEXT"), N_("the reason, kept in the log"))
H(N_("IMPORT is the number of the import's event, as zeren import and zeren log show it. The import "
	"stays in the log; its records are shown no more. Where later records stand on them, nothing is "
	"withdrawn and the exit status is 5."))
H(N_("zeren undo 12 --why \"the wrong year\"\twithdraw import 12"))

C("try", cmd_try, N_("FOLDER"), N_("the whole way on a folder of an office, keeping nothing"))
O("scheme", N_("FILE"), N_("scheme to use instead of FOLDER/scheme.yaml"))
O("out", N_("DIR"), N_("where to write the results"))
O("year", N_("YEAR"), N_("the year, where the organisation names none"))
H(N_("Reads organisation, scheme and registers of the folder into a data directory that is thrown away. "
	"Two runs on the same folder write the same bytes."))
H(N_("zeren try examples/district-office-2022 --out results\ta year of an office, made up"))

C("serve", cmd_serve, "", N_("the pages, for a browser on this machine"))
O("listen", N_("ADDRESS"), N_("127.0.0.1:PORT or [::1]:PORT (default 127.0.0.1:8350)"))
O("host", N_("HOST"), N_("the name that a proxy of this machine, which speaks TLS, hands on"))
H(N_("Everybody signs in (zeren account). While there is no account the address that is printed holds a token, which "
	"makes the first two. Until this ends it alone writes; commands that read go on beside it."))
H(N_("It listens on this machine alone. To reach others, a proxy with TLS stands before it and --host says by which "
	"name: the proxy hands on Host, and says X-Forwarded-For and X-Forwarded-Proto."))
H(N_("zeren serve\tthen open the address it prints"))
H(N_("zeren serve --host zeren.example\tbehind a proxy with TLS"))

C("scheme", cmd_scheme, N_("ACTION [FILE|NAME|N|ID] [KEY=VALUE…]"),
	N_("check a responsibility system, compare its versions, change a duty"))
O("year", N_("YEAR"), N_("diff, set, add, end: work by the records of this year; else the office's year"))
O("accept", NULL, N_("set, add, end: put the changed scheme in force"))
O("from", N_("DATE"), N_("with --accept: its first day in force; else today"))
O("out", N_("FILE"), N_("set, add, end: write the changed text to a file"))
H(N_("ACTION is check, list, show, history, diff, set, add or end. NAME is one of those that list names; where FILE "
	"is asked for, such a name will do as well, and for diff and show the number N of an adoption that history "
	"lists. Errors name file, line, column and key. check, list and show need no data directory."))
H(N_("diff OLD NEW names duties added, changed and ended, and what each owner then owes in a year: slots, entries, "
	"files. With a data directory they are counted by its organisation and records, else by the rules."))
H(N_("set, add and end change one duty in the text of the scheme adopted last; the rest of it stays as it is written. "
	"They show what would change, and write with --accept or --out. KEY is title, need.count, needs.2.by …; an "
	"empty VALUE takes the key away."))
H(N_("zeren scheme check scheme.yaml\tbefore it is put to use"))
H(N_("zeren scheme list\twhat comes with the program"))
H(N_("zeren scheme diff 12 scheme.yaml\twhat a new file would change"))
H(N_("zeren scheme set A02 need.count=4 --accept --from 2023-01-01\tfour times a year from then on"))

C("help", cmd_help, N_("[COMMAND|exit]"), N_("help on a command, or on exit statuses"))
H(N_("zeren help import\tthe same as zeren import --help"))
H(N_("zeren help exit\twhat the exit statuses mean"))

C("version", cmd_version, "", N_("version, and how it was built"))
H(N_("zeren version --json\tfor another program"))
