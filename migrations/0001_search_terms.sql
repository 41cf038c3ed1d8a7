ALTER TABLE "search_docs" ADD COLUMN "upvotes" integer;--> statement-breakpoint
ALTER TABLE "search_docs" ADD COLUMN "published_on" date;--> statement-breakpoint
ALTER TABLE "search_terms" ADD COLUMN "stem" text NOT NULL;--> statement-breakpoint
CREATE INDEX "search_terms_stem" ON "search_terms" USING btree ("stem" text_pattern_ops);--> statement-breakpoint
ALTER TABLE "search_docs" DROP COLUMN "prior";