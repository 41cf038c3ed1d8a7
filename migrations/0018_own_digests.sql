CREATE TABLE "submissions" (
	"person" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"private" boolean DEFAULT false NOT NULL,
	"name" text NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "submissions_person_paper_id_pk" PRIMARY KEY("person","paper_id")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "owner" text;--> statement-breakpoint
ALTER TABLE "saves" ADD COLUMN "private" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "private" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "submissions_paper" ON "submissions" USING btree ("paper_id","workspace");--> statement-breakpoint
CREATE INDEX "submissions_age" ON "submissions" USING btree ("submitted_at");--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_owner" UNIQUE("owner");