ALTER TABLE "search_docs" ADD COLUMN "pairs" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "search_docs_pairs" ON "search_docs" USING gin ("pairs");