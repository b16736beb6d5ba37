-- 发文登记簿, version 1. Later versions are further files; see open.rs.

-- One row for each number that was ever given out. What it is can never change.
CREATE TABLE number (
  id         INTEGER PRIMARY KEY,
  code       TEXT    NOT NULL CHECK (code <> ''),                                -- 机关代字
  year       INTEGER NOT NULL CHECK (year BETWEEN 0 AND 9999),                    -- 0 for 令号
  serial     INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 4294967295),
  state      TEXT    NOT NULL CHECK (state IN ('reserved', 'issued', 'void')),
  remark     TEXT    NOT NULL DEFAULT '',                                        -- 备注
  issuer     TEXT    NOT NULL DEFAULT '',
  title      TEXT    NOT NULL DEFAULT '',
  secrecy    TEXT    NOT NULL DEFAULT '',
  signers    TEXT    NOT NULL DEFAULT '',
  date       TEXT    NOT NULL DEFAULT '',                                        -- 2026-03-05
  copies_no  TEXT    NOT NULL DEFAULT '',                                        -- 印数
  recipients TEXT    NOT NULL DEFAULT '',
  copies     TEXT    NOT NULL DEFAULT '',                                        -- 抄送
  file       TEXT    NOT NULL DEFAULT '',                                        -- the notice
  text       TEXT    NOT NULL DEFAULT '',                                        -- its digest
  parts      TEXT    NOT NULL DEFAULT '',                                        -- of its files
  pdf_file   TEXT    NOT NULL DEFAULT '',
  pdf        TEXT    NOT NULL DEFAULT '',                                        -- its digest
  UNIQUE (code, year, serial)
) STRICT;
CREATE INDEX number_by_file ON number (file) WHERE file <> '';
CREATE INDEX number_reserved ON number (code, year, serial) WHERE state = 'reserved';

CREATE TRIGGER number_stays BEFORE UPDATE OF code, year, serial ON number
BEGIN SELECT raise(ABORT, 'a number never changes'); END;
CREATE TRIGGER number_is_kept BEFORE DELETE ON number WHEN old.state <> 'reserved'
BEGIN SELECT raise(ABORT, 'a number that was issued or voided is kept'); END;

-- What an issue is about to write. Gone once it is done or undone.
CREATE TABLE intent (
  number   INTEGER PRIMARY KEY REFERENCES number (id),
  file     TEXT    NOT NULL UNIQUE,
  before   TEXT    NOT NULL,                  -- digest of the notice as it was
  after    TEXT    NOT NULL,                  -- and as it is going to be
  date     TEXT    NOT NULL,
  fresh    INTEGER NOT NULL CHECK (fresh IN (0, 1)),    -- the number was made for it
  reissue  INTEGER NOT NULL CHECK (reissue IN (0, 1)),
  reason   TEXT    NOT NULL
) STRICT;

-- 历史: one row for each change, with the number's row as it was afterwards.
CREATE TABLE event (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT    NOT NULL,
  kind   TEXT    NOT NULL,
  code   TEXT    NOT NULL,
  year   INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  user   TEXT    NOT NULL,
  host   TEXT    NOT NULL,
  reason TEXT    NOT NULL,
  entry  TEXT    NOT NULL
) STRICT;
CREATE INDEX event_by_number ON event (code, year, serial);

CREATE TRIGGER event_is_not_rewritten BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'history is never rewritten'); END;
CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'history is never removed'); END;
