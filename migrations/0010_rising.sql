ALTER TABLE "roundup_papers" ADD COLUMN "counts" jsonb;--> statement-breakpoint
ALTER TABLE "roundup_papers" ADD COLUMN "rises" boolean DEFAULT false NOT NULL;