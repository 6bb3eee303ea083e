-- The words of wording.text, without case and accents. Sizes of texts, which serve to rank what is found,
-- are not kept.
CREATE VIRTUAL TABLE words USING fts5 (
  text,
  content = 'wording',
  content_rowid = 'id',
  columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
