ALTER TABLE "papers" ADD COLUMN "revised_on" date;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "doi" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "journal_ref" text;--> statement-breakpoint
CREATE INDEX "papers_published_on" ON "papers" USING btree ("published_on" DESC NULLS LAST,"id" DESC NULLS LAST);