CREATE TABLE "dismissals" (
	"person" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"dismissed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dismissals_person_paper_id_channel_pk" PRIMARY KEY("person","paper_id","channel")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "taste" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "taste_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "dismissals" ADD CONSTRAINT "dismissals_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dismissals_place" ON "dismissals" USING btree ("workspace","channel");--> statement-breakpoint
CREATE INDEX "saves_place" ON "saves" USING btree ("workspace","channel");--> statement-breakpoint
CREATE INDEX "votes_place" ON "votes" USING btree ("workspace","channel");