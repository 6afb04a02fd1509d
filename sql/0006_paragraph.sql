-- People's own paragraphs of the report (src/report/narrative_log.c): every version of every section; the newest of a section
-- in a year counts. seq is the event that said it. heading: as a file called the section, empty: as the outline does.
create table p_section (
	origin bigint not null,
	seq bigint not null,
	year bigint not null,
	section text not null,
	heading text not null,
	text text not null,
	why text not null,
	actor text not null,
	at bigint not null,
	primary key (origin, seq)
);
create index p_section_section on p_section (origin, year, section, seq);
