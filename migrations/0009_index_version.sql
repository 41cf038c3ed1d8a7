-- Papers that come from now on are indexed as src/db/search/renew.ts has it; those that are here already, the night after.
INSERT INTO "facts" ("key", "value", "set_at") SELECT 'search-index', '3:done', now() WHERE NOT EXISTS (SELECT FROM "papers") ON CONFLICT DO NOTHING;
