"""The tables of the full-text search: SQL, never edited once released.

The index keeps no copy of a text: it asks two views for it, which call functions
of ours (FTS5 lets them ask no `json_each`). Triggers fill the index, in the very
transaction of what it finds; what forgets texts takes them out of it.
"""

from __future__ import annotations

SEARCH = (
    """
CREATE VIEW searched_articles AS
SELECT id, title, CASE WHEN title = '' THEN legible(text)
    ELSE substr(legible(text), length(title) + 2) END AS text
FROM revisions
""",
    """
CREATE VIEW searched_changes AS
SELECT c.number AS id, people_in(c.before, c.after, c.between_steps) || ', '
    || p.organization || ' ' || coalesce(p.unit || ' ', '') || p.role || ', '
    || replace(c.kind, '_', ' ') AS title, texts_in(c.quotes) AS text
FROM changes AS c JOIN posts AS p ON p.id = c.post_id
""",
    """
CREATE VIRTUAL TABLE article_words USING fts5 (title, text,
    content = 'searched_articles', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2')
""",
    """
CREATE VIRTUAL TABLE change_words USING fts5 (title, text,
    content = 'searched_changes', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2')
""",
    # A word of a title, or of who and where, weighs as much as four of the text.
    "INSERT INTO article_words (article_words, rank) VALUES ('rank', 'bm25(4, 1)')",
    "INSERT INTO change_words (change_words, rank) VALUES ('rank', 'bm25(4, 1)')",
    """
CREATE TRIGGER a_text_is_found AFTER INSERT ON revisions BEGIN
INSERT INTO article_words (rowid, title, text)
    SELECT id, title, text FROM searched_articles WHERE id = new.id;
END
""",
    """
CREATE TRIGGER a_change_is_found AFTER INSERT ON changes BEGIN
INSERT INTO change_words (rowid, title, text)
    SELECT id, title, text FROM searched_changes WHERE id = new.number;
END
""",
    "INSERT INTO article_words (article_words) VALUES ('rebuild')",
    "INSERT INTO change_words (change_words) VALUES ('rebuild')",
)
