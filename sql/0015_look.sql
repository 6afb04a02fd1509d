-- How the office's own sheet of a register looks (src/record/columns.h): JSON, canonical; null where it says nothing. No fact
-- rests on it.
alter table p_import_table add column look text;
