ALTER TABLE "search_docs" ADD COLUMN "names" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "search_docs_names" ON "search_docs" USING gin ("names");