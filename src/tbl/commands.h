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
O("scheme", N_("FILE"), N_("responsibility system: scheme.yaml"))
O("year", N_("YEAR"), N_("the year in hand, where the organisation names none"))
O("database", N_("URL"), N_("PostgreSQL instead of a file: postgresql://…"))
H(N_("Makes DIR, or the data directory where DIR is left out, with a new log. A directory that holds a "
	"log already is left as it is."))
H(N_("zeren init --org org.xlsx --scheme scheme.yaml\tin ./zeren-data"))
H(N_("zeren init /srv/zeren --org org.json\tin a folder of your choice"))

C("adopt", cmd_adopt, "", N_("put a changed organisation, scheme or calendar in force"))
O("org", N_("FILE"), N_("organisation: org.json or org.xlsx"))
O("scheme", N_("FILE"), N_("responsibility system: scheme.yaml"))
O("calendar", N_("FILE"), N_("holidays and make-up days of a year: calendar.yaml"))
O("year", N_("YEAR"), N_("the year in hand, where the organisation names none"))
H(N_("What the file says anew is added or changed, and the past stays in the log; what is in force already is "
	"not written again."))
H(N_("zeren adopt --scheme scheme.yaml\tafter duties or figures were changed"))
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
O("format", N_("csv|xlsx"), N_("else by the end of FILE; csv where there is none"))
O("out", N_("FILE"), N_("where to write; else a CSV goes to standard output"))
O("on", N_("DATE"), N_("without what is dated later"))
O("year", N_("YEAR"), N_("registers of this year; else that of the day, or the office's"))
H(N_("The columns are those of the scheme's register, in its order and by its first header words. What is not changed "
	"and read in again changes nothing. In a workbook dates and numbers are such, and a hidden last column holds "
	"each record's id; in a CSV a ' stands before what a spreadsheet would take for a formula, and zeren import "
	"takes it off again."))
H(N_("Where several registers hold a type, TYPE is the name of one of them. Withdrawn records and those dated "
	"outside the year of their register are left out."))
H(N_("zeren export meeting --out meetings.xlsx\tone register as a workbook"))
H(N_("zeren export meeting --on 2022-06-30\tas CSV, the first half of the year"))
H(N_("zeren export --all --out year.xlsx\tall registers in one workbook"))

C("status", cmd_status, N_("[DUTY]"), N_("what became of every duty as of a day, or of one, slot by slot"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
H(N_("A duty's slots are met, late, missed or not yet due; its status is the first that fits of missed, late, at risk, "
	"satisfied, on track, not due."))
H(N_("zeren status --on 2022-06-30\tall duties at mid-year"))
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

C("report", cmd_report, "", N_("write the year's report, every number bound to its records"))
O("on", N_("DATE"), N_("as of this day; else the end of the year"))
O("year", N_("YEAR"), N_("the year in hand; else that of the day, or the office's"))
O("known", N_("N"), N_("as it was known when event N was the last"))
O("narrative", N_("FILE"), N_("own paragraphs from this file (Markdown) instead of those in the log"))
O("redact", N_("[LEVEL]"), N_("hide what that level of the outline hides; else what the last one hides"))
O("out", N_("DIR"), N_("where to write the results"))
H(N_("Writes report.docx, report.html (each figure opens its records), report.md, report.txt, trace.json "
	"(what every word came from) and check.json. The outline stands in the scheme under report. The same "
	"log, day and N give the same bytes."))
H(N_("zeren report --out results\tthe report at the end of the year"))
H(N_("zeren report --on 2022-06-30 --out half-year\twhat it would say at mid-year"))
H(N_("zeren report --redact public --out public\tas the outline's level of that name has it"))
H(N_("zeren report --known 120 --out then\twhat it said when event 120 was the last"))

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

C("scheme", cmd_scheme, N_("check FILE"), N_("check a responsibility system"))
H(N_("Errors name line, column and key. Needs no data directory."))
H(N_("zeren scheme check scheme.yaml\tbefore it is put to use"))

C("help", cmd_help, N_("[COMMAND|exit]"), N_("help on a command, or on exit statuses"))
H(N_("zeren help import\tthe same as zeren import --help"))
H(N_("zeren help exit\twhat the exit statuses mean"))

C("version", cmd_version, "", N_("version, and how it was built"))
H(N_("zeren version --json\tfor another program"))
