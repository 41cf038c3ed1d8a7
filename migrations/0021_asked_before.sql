-- Until now a paper that somebody asked for by its id looked like any other of arXiv. Of those that were handed in it is known.
UPDATE "paper_records" SET "asked" = true WHERE "source" = 'arxiv' AND "listed_on" IS NULL AND "paper_id" IN (SELECT "paper_id" FROM "submissions");
