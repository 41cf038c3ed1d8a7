CREATE TABLE "notes" (
	"person" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"workspace" text NOT NULL,
	"text" text NOT NULL,
	"noted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notes_person_paper_id_pk" PRIMARY KEY("person","paper_id")
);
--> statement-breakpoint
CREATE TABLE "reads" (
	"person" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reads_person_paper_id_pk" PRIMARY KEY("person","paper_id")
);
--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reads_place" ON "reads" USING btree ("workspace","channel");