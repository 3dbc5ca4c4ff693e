create table if not exists "crm_tenant" (
    "tenant" text collate "C" not null,
    "position" bigint not null,
    constraint "crm_tenant_pk" primary key ("tenant")
);

create table if not exists "crm_event_log" (
    "tenant" text collate "C" not null,
    "sequence" bigint generated always as identity not null,
    "position" bigint,
    "id" uuid not null,
    "type" text collate "C" not null,
    "occurred_at" timestamptz not null,
    "subject_type" text collate "C" not null,
    "subject_id" uuid not null,
    "actor" text collate "C" not null,
    "reason" text collate "C" not null,
    "correlation_id" text collate "C",
    "causation_id" uuid,
    "data" text,
    constraint "crm_event_log_pk" primary key ("sequence")
);
create unique index if not exists "crm_event_log_id_uk" on "crm_event_log" ("tenant", "id");
create unique index if not exists "crm_event_log_position_uk" on "crm_event_log" ("tenant", "position");
create index if not exists "crm_event_log_subject_id_position_ix" on "crm_event_log" ("tenant", "subject_id", "position");
create index if not exists "crm_event_log_actor_position_ix" on "crm_event_log" ("tenant", "actor", "position");
create index if not exists "crm_event_log_new" on "crm_event_log" ("tenant", "sequence") where "position" is null;

create table if not exists "crm_organization" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "legal_name" text collate "C" not null,
    "name_key" text collate "C" not null,
    "registration_id" text collate "C",
    "vat_id" text collate "C",
    "industry" text collate "C",
    "employees" bigint,
    "parent_id" uuid,
    "owner" text collate "C",
    "created_at" timestamptz not null,
    "updated_at" timestamptz not null,
    constraint "crm_organization_pk" primary key ("tenant", "id")
);
create index if not exists "crm_organization_name_key_ix" on "crm_organization" ("tenant", "name_key", "id");
create index if not exists "crm_organization_registration_id_ix" on "crm_organization" ("tenant", "registration_id", "id");
create index if not exists "crm_organization_vat_id_ix" on "crm_organization" ("tenant", "vat_id", "id");
create index if not exists "crm_organization_industry_ix" on "crm_organization" ("tenant", "industry", "id");
create index if not exists "crm_organization_parent_id_ix" on "crm_organization" ("tenant", "parent_id", "id");
create index if not exists "crm_organization_owner_ix" on "crm_organization" ("tenant", "owner", "id");
create index if not exists "crm_organization_created_at_ix" on "crm_organization" ("tenant", "created_at", "id");

create table if not exists "crm_organization_contact_points" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "contact_point_id" uuid not null,
    "type" text collate "C" not null,
    "value" text collate "C" not null,
    "normalized" text collate "C" not null,
    "purposes" text collate "C" not null,
    "preferred" boolean not null,
    "verified_at" timestamptz,
    "verified_by" text collate "C",
    "valid_from" timestamptz,
    "valid_thru" timestamptz,
    "deliverability" text collate "C" not null,
    "soft_bounces" bigint not null,
    "street" text collate "C",
    "extended" text collate "C",
    "po_box" text collate "C",
    "locality" text collate "C",
    "region" text collate "C",
    "region_code" text collate "C",
    "postal_code" text collate "C",
    "country" text collate "C",
    constraint "crm_organization_contact_points_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_organization_contact_points_fk" foreign key ("tenant", "owner") references "crm_organization" ("tenant", "id") on delete cascade
);
create index if not exists "crm_organization_contact_points_normalized_ix" on "crm_organization_contact_points" ("tenant", "normalized", "owner");

create table if not exists "crm_organization_external_ids" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "system" text collate "C" not null,
    "value" text collate "C" not null,
    constraint "crm_organization_external_ids_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_organization_external_ids_fk" foreign key ("tenant", "owner") references "crm_organization" ("tenant", "id") on delete cascade
);
create unique index if not exists "crm_organization_organization_external_id_uk" on "crm_organization_external_ids" ("tenant", "system", "value");

create table if not exists "crm_organization_tags" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "item" text collate "C" not null,
    constraint "crm_organization_tags_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_organization_tags_fk" foreign key ("tenant", "owner") references "crm_organization" ("tenant", "id") on delete cascade
);
create index if not exists "crm_organization_tags_item_ix" on "crm_organization_tags" ("tenant", "item", "owner");

create table if not exists "crm_organization_attributes" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "key" text collate "C" not null,
    "text" text collate "C",
    "long_text" text collate "C",
    "number" numeric,
    "currency" text collate "C",
    "bool" boolean,
    "date" date,
    "instant" timestamptz,
    constraint "crm_organization_attributes_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_organization_attributes_fk" foreign key ("tenant", "owner") references "crm_organization" ("tenant", "id") on delete cascade
);
create index if not exists "crm_organization_attributes_key_ix" on "crm_organization_attributes" ("tenant", "key", "owner");
create index if not exists "crm_organization_attributes_text_ix" on "crm_organization_attributes" ("tenant", "text", "owner");
create index if not exists "crm_organization_attributes_number_ix" on "crm_organization_attributes" ("tenant", "number", "owner");
create index if not exists "crm_organization_attributes_date_ix" on "crm_organization_attributes" ("tenant", "date", "owner");
create index if not exists "crm_organization_attributes_instant_ix" on "crm_organization_attributes" ("tenant", "instant", "owner");

create table if not exists "crm_customer" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "status" text collate "C" not null,
    "given_name" text collate "C",
    "family_name" text collate "C",
    "name_key" text collate "C",
    "family_key" text collate "C",
    "birth_date" date,
    "birth_day" bigint,
    "language" text collate "C",
    "time_zone" text collate "C",
    "owner" text collate "C",
    "lifecycle_stage" text collate "C",
    "source" text collate "C",
    "acquisition_channel" text collate "C",
    "acquisition_campaign" text collate "C",
    "acquisition_cost" numeric,
    "acquisition_currency" text collate "C",
    "acquired_at" timestamptz,
    "created_at" timestamptz not null,
    "updated_at" timestamptz not null,
    "body" text,
    "body_schema" integer not null,
    constraint "crm_customer_pk" primary key ("tenant", "id")
);
create index if not exists "crm_customer_name_key_ix" on "crm_customer" ("tenant", "name_key", "id");
create index if not exists "crm_customer_family_key_ix" on "crm_customer" ("tenant", "family_key", "id");
create index if not exists "crm_customer_birth_day_ix" on "crm_customer" ("tenant", "birth_day", "id");
create index if not exists "crm_customer_owner_ix" on "crm_customer" ("tenant", "owner", "id");
create index if not exists "crm_customer_lifecycle_stage_ix" on "crm_customer" ("tenant", "lifecycle_stage", "id");
create index if not exists "crm_customer_acquisition_channel_ix" on "crm_customer" ("tenant", "acquisition_channel", "id");
create index if not exists "crm_customer_created_at_ix" on "crm_customer" ("tenant", "created_at", "id");

create table if not exists "crm_customer_contact_points" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "contact_point_id" uuid not null,
    "type" text collate "C" not null,
    "value" text collate "C" not null,
    "normalized" text collate "C" not null,
    "purposes" text collate "C" not null,
    "preferred" boolean not null,
    "verified_at" timestamptz,
    "verified_by" text collate "C",
    "valid_from" timestamptz,
    "valid_thru" timestamptz,
    "deliverability" text collate "C" not null,
    "soft_bounces" bigint not null,
    "street" text collate "C",
    "extended" text collate "C",
    "po_box" text collate "C",
    "locality" text collate "C",
    "region" text collate "C",
    "region_code" text collate "C",
    "postal_code" text collate "C",
    "country" text collate "C",
    constraint "crm_customer_contact_points_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_customer_contact_points_fk" foreign key ("tenant", "owner") references "crm_customer" ("tenant", "id") on delete cascade
);
create index if not exists "crm_customer_contact_points_normalized_ix" on "crm_customer_contact_points" ("tenant", "normalized", "owner");

create table if not exists "crm_customer_external_ids" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "system" text collate "C" not null,
    "value" text collate "C" not null,
    constraint "crm_customer_external_ids_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_customer_external_ids_fk" foreign key ("tenant", "owner") references "crm_customer" ("tenant", "id") on delete cascade
);
create unique index if not exists "crm_customer_customer_external_id_uk" on "crm_customer_external_ids" ("tenant", "system", "value");

create table if not exists "crm_customer_tags" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "item" text collate "C" not null,
    constraint "crm_customer_tags_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_customer_tags_fk" foreign key ("tenant", "owner") references "crm_customer" ("tenant", "id") on delete cascade
);
create index if not exists "crm_customer_tags_item_ix" on "crm_customer_tags" ("tenant", "item", "owner");

create table if not exists "crm_customer_attributes" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "key" text collate "C" not null,
    "text" text collate "C",
    "long_text" text collate "C",
    "number" numeric,
    "currency" text collate "C",
    "bool" boolean,
    "date" date,
    "instant" timestamptz,
    constraint "crm_customer_attributes_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_customer_attributes_fk" foreign key ("tenant", "owner") references "crm_customer" ("tenant", "id") on delete cascade
);
create index if not exists "crm_customer_attributes_key_ix" on "crm_customer_attributes" ("tenant", "key", "owner");
create index if not exists "crm_customer_attributes_text_ix" on "crm_customer_attributes" ("tenant", "text", "owner");
create index if not exists "crm_customer_attributes_number_ix" on "crm_customer_attributes" ("tenant", "number", "owner");
create index if not exists "crm_customer_attributes_date_ix" on "crm_customer_attributes" ("tenant", "date", "owner");
create index if not exists "crm_customer_attributes_instant_ix" on "crm_customer_attributes" ("tenant", "instant", "owner");

create table if not exists "crm_customer_roles" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "organization_id" uuid not null,
    "role" text collate "C",
    "title" text collate "C",
    "from_day" date,
    "thru_day" date,
    constraint "crm_customer_roles_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_customer_roles_fk" foreign key ("tenant", "owner") references "crm_customer" ("tenant", "id") on delete cascade
);
create index if not exists "crm_customer_roles_organization_id_ix" on "crm_customer_roles" ("tenant", "organization_id", "owner");

create table if not exists "crm_attribute_definition" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "target" text collate "C" not null,
    "key" text collate "C" not null,
    "type" text collate "C" not null,
    "required" boolean not null,
    "classification" text collate "C" not null,
    "deprecated_at" timestamptz,
    "body" text,
    "body_schema" integer not null,
    constraint "crm_attribute_definition_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_attribute_definition_attribute_definition_key_uk" on "crm_attribute_definition" ("tenant", "target", "key");

create table if not exists "crm_touchpoint" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "name" text collate "C" not null,
    "channel" text collate "C" not null,
    "stage" text collate "C",
    constraint "crm_touchpoint_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_touchpoint_touchpoint_name_uk" on "crm_touchpoint" ("tenant", "name");

create table if not exists "crm_interaction" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "customer_id" uuid not null,
    "type" text collate "C" not null,
    "channel" text collate "C" not null,
    "direction" text collate "C",
    "occurred_at" timestamptz not null,
    "recorded_at" timestamptz not null,
    "duration_millis" bigint,
    "sentiment" numeric,
    "touchpoint_id" uuid,
    "corrects_id" uuid,
    "subject" text collate "C",
    "body_ref" text collate "C",
    "external_system" text collate "C",
    "external_value" text collate "C",
    constraint "crm_interaction_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_interaction_interaction_external_id_uk" on "crm_interaction" ("tenant", "external_system", "external_value");
create index if not exists "crm_interaction_customer_id_occurred_at_ix" on "crm_interaction" ("tenant", "customer_id", "occurred_at", "id");
create index if not exists "crm_interaction_occurred_at_ix" on "crm_interaction" ("tenant", "occurred_at", "id");
create index if not exists "crm_interaction_touchpoint_id_ix" on "crm_interaction" ("tenant", "touchpoint_id", "id");
create index if not exists "crm_interaction_corrects_id_ix" on "crm_interaction" ("tenant", "corrects_id", "id");

create table if not exists "crm_interaction_participants" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "customer_id" uuid,
    "actor" text collate "C",
    "role" text collate "C" not null,
    "contact_point_id" uuid,
    constraint "crm_interaction_participants_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_interaction_participants_fk" foreign key ("tenant", "owner") references "crm_interaction" ("tenant", "id") on delete cascade
);
create index if not exists "crm_interaction_participants_customer_id_ix" on "crm_interaction_participants" ("tenant", "customer_id", "owner");

create table if not exists "crm_interaction_related_to" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "type" text collate "C" not null,
    "record_id" uuid not null,
    constraint "crm_interaction_related_to_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_interaction_related_to_fk" foreign key ("tenant", "owner") references "crm_interaction" ("tenant", "id") on delete cascade
);
create index if not exists "crm_interaction_related_to_record_id_ix" on "crm_interaction_related_to" ("tenant", "record_id", "owner");

create table if not exists "crm_product" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "sku" text collate "C" not null,
    "name" text collate "C" not null,
    "name_key" text collate "C" not null,
    "category" text collate "C",
    "brand" text collate "C",
    "active" boolean not null,
    constraint "crm_product_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_product_product_sku_uk" on "crm_product" ("tenant", "sku");
create index if not exists "crm_product_name_key_ix" on "crm_product" ("tenant", "name_key", "id");
create index if not exists "crm_product_category_ix" on "crm_product" ("tenant", "category", "id");
create index if not exists "crm_product_brand_ix" on "crm_product" ("tenant", "brand", "id");

create table if not exists "crm_product_tags" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "item" text collate "C" not null,
    constraint "crm_product_tags_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_product_tags_fk" foreign key ("tenant", "owner") references "crm_product" ("tenant", "id") on delete cascade
);
create index if not exists "crm_product_tags_item_ix" on "crm_product_tags" ("tenant", "item", "owner");

create table if not exists "crm_purchase" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "customer_id" uuid not null,
    "placed_at" timestamptz not null,
    "status" text collate "C" not null,
    "currency" text collate "C" not null,
    "total" numeric not null,
    "shipping" numeric not null,
    "refunded" numeric not null,
    "quantity" numeric not null,
    "channel" text collate "C",
    "source" text collate "C",
    "external_id" text collate "C",
    "recorded_at" timestamptz not null,
    constraint "crm_purchase_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_purchase_purchase_external_id_uk" on "crm_purchase" ("tenant", "source", "external_id");
create index if not exists "crm_purchase_customer_id_placed_at_ix" on "crm_purchase" ("tenant", "customer_id", "placed_at", "id");
create index if not exists "crm_purchase_placed_at_ix" on "crm_purchase" ("tenant", "placed_at", "id");
create index if not exists "crm_purchase_channel_ix" on "crm_purchase" ("tenant", "channel", "id");

create table if not exists "crm_purchase_lines" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "line_number" bigint not null,
    "sku" text collate "C",
    "category" text collate "C",
    "quantity" numeric not null,
    "unit_price" numeric not null,
    "discount" numeric not null,
    "tax" numeric not null,
    "total" numeric not null,
    "returned" numeric not null,
    "refunded" numeric not null,
    "currency" text collate "C" not null,
    constraint "crm_purchase_lines_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_purchase_lines_fk" foreign key ("tenant", "owner") references "crm_purchase" ("tenant", "id") on delete cascade
);
create index if not exists "crm_purchase_lines_sku_ix" on "crm_purchase_lines" ("tenant", "sku", "owner");
create index if not exists "crm_purchase_lines_category_ix" on "crm_purchase_lines" ("tenant", "category", "owner");

create table if not exists "crm_purchase_coupons" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "item" text collate "C" not null,
    constraint "crm_purchase_coupons_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_purchase_coupons_fk" foreign key ("tenant", "owner") references "crm_purchase" ("tenant", "id") on delete cascade
);
create index if not exists "crm_purchase_coupons_item_ix" on "crm_purchase_coupons" ("tenant", "item", "owner");

create table if not exists "crm_purchase_return" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "purchase_id" uuid not null,
    "customer_id" uuid not null,
    "returned_at" timestamptz not null,
    "currency" text collate "C" not null,
    "refund" numeric not null,
    "source" text collate "C",
    "external_id" text collate "C",
    constraint "crm_purchase_return_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_purchase_return_return_external_id_uk" on "crm_purchase_return" ("tenant", "source", "external_id");
create index if not exists "crm_purchase_return_customer_id_returned_at_ix" on "crm_purchase_return" ("tenant", "customer_id", "returned_at", "id");
create index if not exists "crm_purchase_return_purchase_id_ix" on "crm_purchase_return" ("tenant", "purchase_id", "id");
create index if not exists "crm_purchase_return_returned_at_ix" on "crm_purchase_return" ("tenant", "returned_at", "id");

create table if not exists "crm_purchase_return_lines" (
    "tenant" text collate "C" not null,
    "owner" uuid not null,
    "ordinal" integer not null,
    "line_number" bigint not null,
    "quantity" numeric not null,
    "refund" numeric not null,
    "reason" text collate "C",
    "currency" text collate "C" not null,
    constraint "crm_purchase_return_lines_pk" primary key ("tenant", "owner", "ordinal"),
    constraint "crm_purchase_return_lines_fk" foreign key ("tenant", "owner") references "crm_purchase_return" ("tenant", "id") on delete cascade
);

create table if not exists "crm_survey" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "survey_key" text collate "C" not null,
    "title" text collate "C" not null,
    "status" text collate "C" not null,
    "edition" bigint not null,
    "rest_days" bigint not null,
    "incentive_kind" text collate "C",
    "incentive_amount" bigint,
    "created_at" timestamptz not null,
    "published_at" timestamptz,
    "closed_at" timestamptz,
    "body" text,
    "body_schema" integer not null,
    constraint "crm_survey_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_survey_survey_by_key_uk" on "crm_survey" ("tenant", "survey_key");

create table if not exists "crm_survey_invitation" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "survey_id" uuid not null,
    "survey_key" text collate "C" not null,
    "customer_id" uuid not null,
    "status" text collate "C" not null,
    "token" text collate "C",
    "edition" bigint,
    "asked_at" timestamptz not null,
    "send_at" timestamptz,
    "deliveries" bigint not null,
    "sent_at" timestamptz,
    "opened_at" timestamptz,
    "expires_at" timestamptz not null,
    "responded_at" timestamptz,
    "channel" text collate "C",
    "lease_owner" text collate "C",
    "lease_until" timestamptz,
    "body" text,
    "body_schema" integer not null,
    constraint "crm_survey_invitation_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_survey_invitation_invitation_token_uk" on "crm_survey_invitation" ("tenant", "token");
create index if not exists "crm_survey_invitation_customer_id_asked_at_ix" on "crm_survey_invitation" ("tenant", "customer_id", "asked_at", "id");
create index if not exists "crm_survey_invitation_status_expires_at_ix" on "crm_survey_invitation" ("tenant", "status", "expires_at", "id");
create index if not exists "crm_survey_invitation_send_at_ix" on "crm_survey_invitation" ("tenant", "send_at", "id");
create index if not exists "crm_survey_invitation_survey_id_ix" on "crm_survey_invitation" ("tenant", "survey_id", "id");

create table if not exists "crm_survey_response" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "survey_id" uuid not null,
    "survey_key" text collate "C" not null,
    "edition" bigint not null,
    "customer_id" uuid,
    "invitation_id" uuid,
    "scale" text collate "C",
    "score" bigint,
    "answered_at" timestamptz not null,
    "recorded_at" timestamptz not null,
    "channel" text collate "C",
    "source" text collate "C",
    "external_id" text collate "C",
    "body" text,
    "body_schema" integer not null,
    constraint "crm_survey_response_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_survey_response_response_external_id_uk" on "crm_survey_response" ("tenant", "source", "external_id");
create unique index if not exists "crm_survey_response_response_invitation_uk" on "crm_survey_response" ("tenant", "invitation_id");
create index if not exists "crm_survey_response_survey_key_answered_at_ix" on "crm_survey_response" ("tenant", "survey_key", "answered_at", "id");
create index if not exists "crm_survey_response_customer_id_answered_at_ix" on "crm_survey_response" ("tenant", "customer_id", "answered_at", "id");
create index if not exists "crm_survey_response_survey_id_ix" on "crm_survey_response" ("tenant", "survey_id", "id");

create table if not exists "crm_incentive_grant" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "survey_id" uuid not null,
    "customer_id" uuid not null,
    "respondent_id" uuid not null,
    "response_id" uuid not null,
    "kind" text collate "C" not null,
    "amount" bigint not null,
    "granted_at" timestamptz not null,
    constraint "crm_incentive_grant_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_incentive_grant_incentive_by_respondent_uk" on "crm_incentive_grant" ("tenant", "survey_id", "respondent_id");
create index if not exists "crm_incentive_grant_customer_id_granted_at_ix" on "crm_incentive_grant" ("tenant", "customer_id", "granted_at", "id");
create index if not exists "crm_incentive_grant_respondent_id_ix" on "crm_incentive_grant" ("tenant", "respondent_id", "id");
create index if not exists "crm_incentive_grant_response_id_ix" on "crm_incentive_grant" ("tenant", "response_id", "id");

create table if not exists "crm_review" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "customer_id" uuid not null,
    "product_id" uuid,
    "purchase_id" uuid,
    "rating" bigint not null,
    "verified" boolean not null,
    "status" text collate "C" not null,
    "reviewed_at" timestamptz not null,
    "status_at" timestamptz not null,
    "replied_at" timestamptz,
    "source" text collate "C",
    "external_id" text collate "C",
    "body" text,
    "body_schema" integer not null,
    constraint "crm_review_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_review_review_external_id_uk" on "crm_review" ("tenant", "source", "external_id");
create index if not exists "crm_review_customer_id_reviewed_at_ix" on "crm_review" ("tenant", "customer_id", "reviewed_at", "id");
create index if not exists "crm_review_product_id_reviewed_at_ix" on "crm_review" ("tenant", "product_id", "reviewed_at", "id");
create index if not exists "crm_review_status_reviewed_at_ix" on "crm_review" ("tenant", "status", "reviewed_at", "id");
create index if not exists "crm_review_purchase_id_ix" on "crm_review" ("tenant", "purchase_id", "id");

create table if not exists "crm_feedback_rule" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "survey_key" text collate "C",
    "scale" text collate "C" not null,
    "alarm_at" bigint not null,
    "recovered_at" bigint not null,
    "owner" text collate "C",
    "active" boolean not null,
    "created_at" timestamptz not null,
    "body" text,
    "body_schema" integer not null,
    constraint "crm_feedback_rule_pk" primary key ("tenant", "id")
);

create table if not exists "crm_follow_up" (
    "tenant" text collate "C" not null,
    "id" uuid not null,
    "version" bigint not null,
    "rule_id" uuid not null,
    "customer_id" uuid not null,
    "response_id" uuid,
    "review_id" uuid,
    "scale" text collate "C" not null,
    "score" bigint not null,
    "owner" text collate "C",
    "status" text collate "C" not null,
    "opened_at" timestamptz not null,
    "due_at" timestamptz not null,
    "contacted_at" timestamptz,
    "resolved_at" timestamptz,
    "closed_at" timestamptz,
    "reask_id" uuid,
    "pending_key" text collate "C",
    "body" text,
    "body_schema" integer not null,
    constraint "crm_follow_up_pk" primary key ("tenant", "id")
);
create unique index if not exists "crm_follow_up_follow_up_pending_uk" on "crm_follow_up" ("tenant", "pending_key");
create index if not exists "crm_follow_up_customer_id_opened_at_ix" on "crm_follow_up" ("tenant", "customer_id", "opened_at", "id");
create index if not exists "crm_follow_up_status_due_at_ix" on "crm_follow_up" ("tenant", "status", "due_at", "id");
create index if not exists "crm_follow_up_rule_id_ix" on "crm_follow_up" ("tenant", "rule_id", "id");
create index if not exists "crm_follow_up_response_id_ix" on "crm_follow_up" ("tenant", "response_id", "id");
create index if not exists "crm_follow_up_review_id_ix" on "crm_follow_up" ("tenant", "review_id", "id");
create index if not exists "crm_follow_up_reask_id_ix" on "crm_follow_up" ("tenant", "reask_id", "id");

