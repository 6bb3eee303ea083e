-- The words of wording.text, without case and accents.
CREATE VIRTUAL TABLE words USING fts5 (
  text,
  content = 'wording',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);
