-- Calendars of working days that an office adopted (src/record/calendar_adopt.c); the newest of a country and year counts,
-- before those that came with the program. digest: of the file; days_off, days_worked: days, with blanks between.
create table p_calendar (
	origin bigint not null,
	seq bigint not null,
	country text not null,
	year bigint not null,
	digest blob not null,
	days_off text not null,
	days_worked text not null,
	primary key (origin, seq)
);
