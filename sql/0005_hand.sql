-- Records by hand (src/record/record.h). Where a person said a record last and no import did, rev_import is 0; where it
-- never stood in a register, import_seq, import_n and row are 0 as well (event 0 is log.open, so there is no import 0).
-- said_by, said_on: who said it last by hand, and on which day (UTC+8). year: of the register that a new record by hand
-- would stand in. All three are null where an import said it.

alter table p_record add column year bigint;
alter table p_record add column said_by text;
alter table p_record add column said_on bigint;

alter table p_record_past add column said_by text;
alter table p_record_past add column said_on bigint;
