CREATE TABLE "edits" (
	"message_id" bigint PRIMARY KEY NOT NULL,
	"counts" jsonb NOT NULL,
	"stand" jsonb,
	"looks" smallint DEFAULT 0 NOT NULL,
	"look_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "edits" ADD CONSTRAINT "edits_message_id_outbox_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "edits_due" ON "edits" USING btree ("look_at") WHERE "edits"."look_at" is not null;