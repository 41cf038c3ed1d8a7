DROP INDEX "papers_listed_at";--> statement-breakpoint
CREATE INDEX "papers_listed_at" ON "papers" USING btree ("listed_at","id","withdrawn");