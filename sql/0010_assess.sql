-- Assessments (src/score/assess_log.h): a year's sheet of the office or of a unit, what people entered into it, how it was
-- settled.

-- Opened assessments. unit: code; empty: the office. digest: of the scheme that it is scored by. settled_…: of the last
-- settlement; null before there is one. settled_lines: SHA-256 of what was counted, line by line.
create table p_assess (
	origin bigint not null,
	seq bigint not null,
	year bigint not null,
	unit text not null,
	digest blob not null,
	opened_by text not null,
	opened_at bigint not null,
	settled_seq bigint,
	settled_on bigint,
	settled_at bigint,
	settled_total bigint,
	settled_grade text,
	settled_lines blob,
	settled_by text,
	primary key (origin, seq)
);
create unique index p_assess_unit on p_assess (origin, year, unit);

-- What was entered for an item; seq is the event. sort: self (by those who are assessed) or score (by the assessor). got: in
-- thousandths. confirmed_…: the second person's, of a score. appeal: event of the appeal that it follows; 0: none.
create table p_assess_mark (
	origin bigint not null,
	seq bigint not null,
	subject bigint not null,
	sort text not null,
	item text not null,
	got bigint not null,
	text text not null,
	by_post text not null,
	actor text not null,
	at bigint not null,
	appeal bigint not null,
	confirmed_seq bigint,
	confirmed_by text,
	confirmed_actor text,
	primary key (origin, seq)
);
create index p_assess_mark_subject on p_assess_mark (origin, subject, sort, item, seq);
