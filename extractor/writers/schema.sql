CREATE TABLE documents (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT,
  published TEXT,
  language TEXT,
  path TEXT,
  line INTEGER,
  record INTEGER,
  url TEXT,
  error TEXT,
  text TEXT,
  folded TEXT
);

CREATE TABLE places (
  key INTEGER PRIMARY KEY,
  id TEXT,
  name TEXT,
  country TEXT,
  lat REAL,
  lon REAL,
  precision TEXT,
  identity TEXT NOT NULL UNIQUE
);

CREATE TABLE events (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
  place INTEGER REFERENCES places(key),
  /*EVENT COLUMNS*/
  folded TEXT,
  json TEXT NOT NULL,
  UNIQUE (document, id)
);

CREATE TABLE sources (
  event INTEGER NOT NULL REFERENCES events(key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  id TEXT,
  name TEXT,
  stance TEXT,
  cue TEXT,
  PRIMARY KEY (event, position)
) WITHOUT ROWID;

CREATE INDEX events_place ON events(place);
CREATE INDEX events_outcome ON events(outcome);
CREATE INDEX sources_id ON sources(id);

CREATE VIRTUAL TABLE documents_search USING fts5(folded, content='documents', content_rowid='key');
CREATE VIRTUAL TABLE events_search USING fts5(folded, content='events', content_rowid='key');

CREATE TRIGGER documents_in AFTER INSERT ON documents BEGIN
  INSERT INTO documents_search(rowid, folded) VALUES (new.key, new.folded);
END;
CREATE TRIGGER documents_out AFTER DELETE ON documents BEGIN
  INSERT INTO documents_search(documents_search, rowid, folded) VALUES ('delete', old.key, old.folded);
END;
CREATE TRIGGER events_in AFTER INSERT ON events BEGIN
  INSERT INTO events_search(rowid, folded) VALUES (new.key, new.folded);
END;
CREATE TRIGGER events_out AFTER DELETE ON events BEGIN
  INSERT INTO events_search(events_search, rowid, folded) VALUES ('delete', old.key, old.folded);
END;
