-- Papers that come from now on are indexed as src/db/search/renew.ts has it; those that are here already, the night after.
UPDATE "facts" SET "value" = '4:done', "set_at" = now() WHERE "key" = 'search-index' AND NOT EXISTS (SELECT FROM "papers");
