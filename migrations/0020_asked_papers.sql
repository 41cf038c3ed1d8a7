DROP INDEX "paper_records_listed_on";--> statement-breakpoint
ALTER TABLE "paper_records" ADD COLUMN "asked" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "paper_records_listed" ON "paper_records" USING btree ("listed_on","paper_id","source","asked");--> statement-breakpoint
CREATE INDEX "paper_records_counted" ON "paper_records" USING btree ("paper_id","upvotes","stars","source","asked") WHERE "paper_records"."upvotes" is not null or "paper_records"."stars" is not null;