CREATE TABLE "budgets" (
	"name" text PRIMARY KEY NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" text PRIMARY KEY NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installations" (
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"sealed" text,
	"installed_by" text NOT NULL,
	"installed_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	"gone_code" text,
	CONSTRAINT "installations_platform_workspace_pk" PRIMARY KEY("platform","workspace")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "paused_code" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "quiet_posts" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "busy_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "making_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "source_runs" ADD COLUMN "ids" text;--> statement-breakpoint
CREATE INDEX "claims_age" ON "claims" USING btree ("claimed_at");--> statement-breakpoint
CREATE INDEX "outbox_leased" ON "outbox" USING btree ("channel_id") WHERE "outbox"."status" = 'leased';--> statement-breakpoint
CREATE INDEX "roundups_open" ON "roundups" USING btree ("due_at") WHERE "roundups"."status" in ('waiting', 'queued');