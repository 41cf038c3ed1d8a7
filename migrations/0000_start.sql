CREATE TABLE "paper_records" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"paper_id" bigint NOT NULL,
	"source" text NOT NULL,
	"source_id" text NOT NULL,
	"digest" text NOT NULL,
	"listed_on" date,
	"upvotes" integer,
	"stars" integer,
	"submitted_by" text,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paper_records_source_id" UNIQUE("source","source_id")
);
--> statement-breakpoint
CREATE TABLE "paper_snapshots" (
	"paper_id" bigint NOT NULL,
	"source" text NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"upvotes" integer,
	"stars" integer,
	CONSTRAINT "paper_snapshots_paper_id_source_taken_at_pk" PRIMARY KEY("paper_id","source","taken_at")
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"ref" text NOT NULL,
	"arxiv_id" text,
	"version" integer,
	"title" text NOT NULL,
	"title_key" text NOT NULL,
	"abstract" text NOT NULL,
	"authors" jsonb NOT NULL,
	"categories" text[] NOT NULL,
	"published_on" date,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"listed_at" timestamp (3) with time zone NOT NULL,
	"sources" text[] NOT NULL,
	"text_source" text NOT NULL,
	"url" text,
	"github_url" text,
	"project_url" text,
	"organization" text,
	"upvotes" integer,
	"stars" integer,
	"withdrawn" boolean DEFAULT false NOT NULL,
	"submitted_by" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "papers_ref_unique" UNIQUE("ref"),
	CONSTRAINT "papers_arxiv_id_unique" UNIQUE("arxiv_id")
);
--> statement-breakpoint
CREATE TABLE "search_docs" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"upvotes" integer,
	"published_on" date,
	"title_length" smallint NOT NULL,
	"tokens" "bytea" NOT NULL,
	"keys" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"hash" integer PRIMARY KEY NOT NULL,
	"stem" text NOT NULL,
	"counts" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_topics" (
	"channel_id" bigint NOT NULL,
	"topic_id" bigint NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_topics_channel_id_topic_id_pk" PRIMARY KEY("channel_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text,
	"zone" text NOT NULL,
	"at" text NOT NULL,
	"days" smallint[] NOT NULL,
	"size" smallint NOT NULL,
	"paused_why" text,
	"next_due_at" timestamp (3) with time zone NOT NULL,
	"next_due_on" date NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channels_place" UNIQUE("platform","workspace","external_id")
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"query" text NOT NULL,
	"name" text,
	CONSTRAINT "topics_query_unique" UNIQUE("query"),
	CONSTRAINT "topics_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"roundup_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"parent_id" bigint,
	"position" smallint NOT NULL,
	"payload" jsonb NOT NULL,
	"status" text NOT NULL,
	"try_at" timestamp (3) with time zone NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_tried_at" timestamp (3) with time zone,
	"receipt" jsonb,
	"sent_at" timestamp (3) with time zone,
	"error" text,
	CONSTRAINT "outbox_key_unique" UNIQUE("key"),
	CONSTRAINT "outbox_place" UNIQUE("roundup_id","position")
);
--> statement-breakpoint
CREATE TABLE "roundup_papers" (
	"roundup_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"paper_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"why" text NOT NULL,
	CONSTRAINT "roundup_papers_roundup_id_paper_id_pk" PRIMARY KEY("roundup_id","paper_id")
);
--> statement-breakpoint
CREATE TABLE "roundups" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"channel_id" bigint NOT NULL,
	"on" date NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"why" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "roundups_slot" UNIQUE("channel_id","on","kind")
);
--> statement-breakpoint
CREATE TABLE "saves" (
	"person" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saves_person_paper_id_pk" PRIMARY KEY("person","paper_id")
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"person" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"value" smallint NOT NULL,
	"voted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "votes_person_paper_id_pk" PRIMARY KEY("person","paper_id")
);
--> statement-breakpoint
CREATE TABLE "rejected_records" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"digest" text NOT NULL,
	"line" integer,
	"source_id" text,
	"why" text NOT NULL,
	"raw" text NOT NULL,
	"rejected_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source_runs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"fetched" integer DEFAULT 0 NOT NULL,
	"inserted" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"error" text,
	"cursor" jsonb
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "paper_records" ADD CONSTRAINT "paper_records_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_snapshots" ADD CONSTRAINT "paper_snapshots_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_docs" ADD CONSTRAINT "search_docs_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_topics" ADD CONSTRAINT "channel_topics_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_topics" ADD CONSTRAINT "channel_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_roundup_id_roundups_id_fk" FOREIGN KEY ("roundup_id") REFERENCES "public"."roundups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_parent" FOREIGN KEY ("parent_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roundup_papers" ADD CONSTRAINT "roundup_papers_roundup_id_roundups_id_fk" FOREIGN KEY ("roundup_id") REFERENCES "public"."roundups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roundup_papers" ADD CONSTRAINT "roundup_papers_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roundup_papers" ADD CONSTRAINT "roundup_papers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roundups" ADD CONSTRAINT "roundups_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saves" ADD CONSTRAINT "saves_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_records_paper" ON "paper_records" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_records_listed_on" ON "paper_records" USING btree ("listed_on");--> statement-breakpoint
CREATE INDEX "paper_snapshots_taken_at" ON "paper_snapshots" USING btree ("taken_at");--> statement-breakpoint
CREATE INDEX "papers_title_key" ON "papers" USING hash ("title_key");--> statement-breakpoint
CREATE INDEX "papers_listed_at" ON "papers" USING btree ("listed_at");--> statement-breakpoint
CREATE INDEX "search_docs_keys" ON "search_docs" USING gin ("keys");--> statement-breakpoint
CREATE INDEX "search_docs_voted" ON "search_docs" USING gin ("keys") WHERE "search_docs"."upvotes" >= 10;--> statement-breakpoint
CREATE INDEX "search_terms_stem" ON "search_terms" USING btree ("stem" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "channels_due" ON "channels" USING btree ("next_due_at") WHERE "channels"."paused_why" is null;--> statement-breakpoint
CREATE INDEX "outbox_pending" ON "outbox" USING btree ("try_at") WHERE "outbox"."status" in ('queued', 'leased');--> statement-breakpoint
CREATE INDEX "roundup_papers_shown" ON "roundup_papers" USING btree ("channel_id","paper_id");--> statement-breakpoint
CREATE INDEX "saves_paper" ON "saves" USING btree ("paper_id","workspace");--> statement-breakpoint
CREATE INDEX "votes_paper" ON "votes" USING btree ("paper_id","workspace");--> statement-breakpoint
CREATE UNIQUE INDEX "rejected_records_once" ON "rejected_records" USING btree ("source","digest");--> statement-breakpoint
CREATE INDEX "source_runs_latest" ON "source_runs" USING btree ("source","started_at");