ALTER TABLE "channels" ADD COLUMN "reading" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "reading_on" date;