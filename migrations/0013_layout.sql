ALTER TABLE "channels" ADD COLUMN "layout" text DEFAULT 'compact' NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "silent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "forum" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "post" jsonb;