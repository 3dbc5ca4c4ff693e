create table if not exists "CRM_TENANT" (
    "TENANT" character varying(64) not null,
    "POSITION" bigint not null,
    constraint "CRM_TENANT_PK" primary key ("TENANT")
);

create table if not exists "CRM_EVENT_LOG" (
    "TENANT" character varying(64) not null,
    "SEQUENCE" bigint generated always as identity not null,
    "POSITION" bigint,
    "ID" uuid not null,
    "TYPE" character varying not null,
    "OCCURRED_AT" timestamp(6) with time zone not null,
    "SUBJECT_TYPE" character varying not null,
    "SUBJECT_ID" uuid not null,
    "ACTOR" character varying not null,
    "REASON" character varying not null,
    "CORRELATION_ID" character varying,
    "CAUSATION_ID" uuid,
    "DATA" character varying,
    constraint "CRM_EVENT_LOG_PK" primary key ("SEQUENCE")
);
create unique index if not exists "CRM_EVENT_LOG_ID_UK" on "CRM_EVENT_LOG" ("TENANT", "ID");
create unique index if not exists "CRM_EVENT_LOG_POSITION_UK" on "CRM_EVENT_LOG" ("TENANT", "POSITION");
create index if not exists "CRM_EVENT_LOG_SUBJECT_ID_POSITION_IX" on "CRM_EVENT_LOG" ("TENANT", "SUBJECT_ID", "POSITION");
create index if not exists "CRM_EVENT_LOG_ACTOR_POSITION_IX" on "CRM_EVENT_LOG" ("TENANT", "ACTOR", "POSITION");

create table if not exists "CRM_ORGANIZATION" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "LEGAL_NAME" character varying not null,
    "NAME_KEY" character varying not null,
    "NAME_KEY$KEY" varbinary generated always as (stringtoutf8("NAME_KEY")),
    "REGISTRATION_ID" character varying,
    "REGISTRATION_ID$KEY" varbinary generated always as (stringtoutf8("REGISTRATION_ID")),
    "VAT_ID" character varying,
    "VAT_ID$KEY" varbinary generated always as (stringtoutf8("VAT_ID")),
    "INDUSTRY" character varying,
    "INDUSTRY$KEY" varbinary generated always as (stringtoutf8("INDUSTRY")),
    "EMPLOYEES" bigint,
    "PARENT_ID" uuid,
    "OWNER" character varying,
    "OWNER$KEY" varbinary generated always as (stringtoutf8("OWNER")),
    "CREATED_AT" timestamp(6) with time zone not null,
    "UPDATED_AT" timestamp(6) with time zone not null,
    constraint "CRM_ORGANIZATION_PK" primary key ("TENANT", "ID")
);
create index if not exists "CRM_ORGANIZATION_NAME_KEY_IX" on "CRM_ORGANIZATION" ("TENANT", "NAME_KEY$KEY", "ID");
create index if not exists "CRM_ORGANIZATION_REGISTRATION_ID_IX" on "CRM_ORGANIZATION" ("TENANT", "REGISTRATION_ID$KEY", "ID");
create index if not exists "CRM_ORGANIZATION_VAT_ID_IX" on "CRM_ORGANIZATION" ("TENANT", "VAT_ID$KEY", "ID");
create index if not exists "CRM_ORGANIZATION_INDUSTRY_IX" on "CRM_ORGANIZATION" ("TENANT", "INDUSTRY$KEY", "ID");
create index if not exists "CRM_ORGANIZATION_PARENT_ID_IX" on "CRM_ORGANIZATION" ("TENANT", "PARENT_ID", "ID");
create index if not exists "CRM_ORGANIZATION_OWNER_IX" on "CRM_ORGANIZATION" ("TENANT", "OWNER$KEY", "ID");
create index if not exists "CRM_ORGANIZATION_CREATED_AT_IX" on "CRM_ORGANIZATION" ("TENANT", "CREATED_AT", "ID");

create table if not exists "CRM_ORGANIZATION_CONTACT_POINTS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "CONTACT_POINT_ID" uuid not null,
    "TYPE" character varying not null,
    "VALUE" character varying not null,
    "NORMALIZED" character varying not null,
    "NORMALIZED$KEY" varbinary generated always as (stringtoutf8("NORMALIZED")),
    "PURPOSES" character varying not null,
    "PREFERRED" boolean not null,
    "VERIFIED_AT" timestamp(6) with time zone,
    "VERIFIED_BY" character varying,
    "VALID_FROM" timestamp(6) with time zone,
    "VALID_THRU" timestamp(6) with time zone,
    "DELIVERABILITY" character varying not null,
    "SOFT_BOUNCES" bigint not null,
    "STREET" character varying,
    "EXTENDED" character varying,
    "PO_BOX" character varying,
    "LOCALITY" character varying,
    "REGION" character varying,
    "REGION_CODE" character varying,
    "POSTAL_CODE" character varying,
    "COUNTRY" character varying,
    constraint "CRM_ORGANIZATION_CONTACT_POINTS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_ORGANIZATION_CONTACT_POINTS_FK" foreign key ("TENANT", "OWNER") references "CRM_ORGANIZATION" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_ORGANIZATION_CONTACT_POINTS_NORMALIZED_IX" on "CRM_ORGANIZATION_CONTACT_POINTS" ("TENANT", "NORMALIZED$KEY", "OWNER");

create table if not exists "CRM_ORGANIZATION_EXTERNAL_IDS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "SYSTEM" character varying not null,
    "SYSTEM$KEY" varbinary generated always as (stringtoutf8("SYSTEM")),
    "VALUE" character varying not null,
    "VALUE$KEY" varbinary generated always as (stringtoutf8("VALUE")),
    constraint "CRM_ORGANIZATION_EXTERNAL_IDS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_ORGANIZATION_EXTERNAL_IDS_FK" foreign key ("TENANT", "OWNER") references "CRM_ORGANIZATION" ("TENANT", "ID") on delete cascade
);
create unique index if not exists "CRM_ORGANIZATION_ORGANIZATION_EXTERNAL_ID_UK" on "CRM_ORGANIZATION_EXTERNAL_IDS" ("TENANT", "SYSTEM$KEY", "VALUE$KEY");

create table if not exists "CRM_ORGANIZATION_TAGS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "ITEM" character varying not null,
    "ITEM$KEY" varbinary generated always as (stringtoutf8("ITEM")),
    constraint "CRM_ORGANIZATION_TAGS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_ORGANIZATION_TAGS_FK" foreign key ("TENANT", "OWNER") references "CRM_ORGANIZATION" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_ORGANIZATION_TAGS_ITEM_IX" on "CRM_ORGANIZATION_TAGS" ("TENANT", "ITEM$KEY", "OWNER");

create table if not exists "CRM_ORGANIZATION_ATTRIBUTES" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "KEY" character varying not null,
    "KEY$KEY" varbinary generated always as (stringtoutf8("KEY")),
    "TEXT" character varying,
    "TEXT$KEY" varbinary generated always as (stringtoutf8("TEXT")),
    "LONG_TEXT" character varying,
    "NUMBER" numeric(38, 10),
    "CURRENCY" character varying,
    "BOOL" boolean,
    "DATE" date,
    "INSTANT" timestamp(6) with time zone,
    constraint "CRM_ORGANIZATION_ATTRIBUTES_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_ORGANIZATION_ATTRIBUTES_FK" foreign key ("TENANT", "OWNER") references "CRM_ORGANIZATION" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_ORGANIZATION_ATTRIBUTES_KEY_IX" on "CRM_ORGANIZATION_ATTRIBUTES" ("TENANT", "KEY$KEY", "OWNER");
create index if not exists "CRM_ORGANIZATION_ATTRIBUTES_TEXT_IX" on "CRM_ORGANIZATION_ATTRIBUTES" ("TENANT", "TEXT$KEY", "OWNER");
create index if not exists "CRM_ORGANIZATION_ATTRIBUTES_NUMBER_IX" on "CRM_ORGANIZATION_ATTRIBUTES" ("TENANT", "NUMBER", "OWNER");
create index if not exists "CRM_ORGANIZATION_ATTRIBUTES_DATE_IX" on "CRM_ORGANIZATION_ATTRIBUTES" ("TENANT", "DATE", "OWNER");
create index if not exists "CRM_ORGANIZATION_ATTRIBUTES_INSTANT_IX" on "CRM_ORGANIZATION_ATTRIBUTES" ("TENANT", "INSTANT", "OWNER");

create table if not exists "CRM_CUSTOMER" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "STATUS" character varying not null,
    "GIVEN_NAME" character varying,
    "FAMILY_NAME" character varying,
    "NAME_KEY" character varying,
    "NAME_KEY$KEY" varbinary generated always as (stringtoutf8("NAME_KEY")),
    "FAMILY_KEY" character varying,
    "FAMILY_KEY$KEY" varbinary generated always as (stringtoutf8("FAMILY_KEY")),
    "BIRTH_DATE" date,
    "BIRTH_DAY" bigint,
    "LANGUAGE" character varying,
    "TIME_ZONE" character varying,
    "OWNER" character varying,
    "OWNER$KEY" varbinary generated always as (stringtoutf8("OWNER")),
    "LIFECYCLE_STAGE" character varying,
    "LIFECYCLE_STAGE$KEY" varbinary generated always as (stringtoutf8("LIFECYCLE_STAGE")),
    "SOURCE" character varying,
    "ACQUISITION_CHANNEL" character varying,
    "ACQUISITION_CHANNEL$KEY" varbinary generated always as (stringtoutf8("ACQUISITION_CHANNEL")),
    "ACQUISITION_CAMPAIGN" character varying,
    "ACQUISITION_COST" numeric(38, 10),
    "ACQUISITION_CURRENCY" character varying,
    "ACQUIRED_AT" timestamp(6) with time zone,
    "CREATED_AT" timestamp(6) with time zone not null,
    "UPDATED_AT" timestamp(6) with time zone not null,
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_CUSTOMER_PK" primary key ("TENANT", "ID")
);
create index if not exists "CRM_CUSTOMER_NAME_KEY_IX" on "CRM_CUSTOMER" ("TENANT", "NAME_KEY$KEY", "ID");
create index if not exists "CRM_CUSTOMER_FAMILY_KEY_IX" on "CRM_CUSTOMER" ("TENANT", "FAMILY_KEY$KEY", "ID");
create index if not exists "CRM_CUSTOMER_BIRTH_DAY_IX" on "CRM_CUSTOMER" ("TENANT", "BIRTH_DAY", "ID");
create index if not exists "CRM_CUSTOMER_OWNER_IX" on "CRM_CUSTOMER" ("TENANT", "OWNER$KEY", "ID");
create index if not exists "CRM_CUSTOMER_LIFECYCLE_STAGE_IX" on "CRM_CUSTOMER" ("TENANT", "LIFECYCLE_STAGE$KEY", "ID");
create index if not exists "CRM_CUSTOMER_ACQUISITION_CHANNEL_IX" on "CRM_CUSTOMER" ("TENANT", "ACQUISITION_CHANNEL$KEY", "ID");
create index if not exists "CRM_CUSTOMER_CREATED_AT_IX" on "CRM_CUSTOMER" ("TENANT", "CREATED_AT", "ID");

create table if not exists "CRM_CUSTOMER_CONTACT_POINTS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "CONTACT_POINT_ID" uuid not null,
    "TYPE" character varying not null,
    "VALUE" character varying not null,
    "NORMALIZED" character varying not null,
    "NORMALIZED$KEY" varbinary generated always as (stringtoutf8("NORMALIZED")),
    "PURPOSES" character varying not null,
    "PREFERRED" boolean not null,
    "VERIFIED_AT" timestamp(6) with time zone,
    "VERIFIED_BY" character varying,
    "VALID_FROM" timestamp(6) with time zone,
    "VALID_THRU" timestamp(6) with time zone,
    "DELIVERABILITY" character varying not null,
    "SOFT_BOUNCES" bigint not null,
    "STREET" character varying,
    "EXTENDED" character varying,
    "PO_BOX" character varying,
    "LOCALITY" character varying,
    "REGION" character varying,
    "REGION_CODE" character varying,
    "POSTAL_CODE" character varying,
    "COUNTRY" character varying,
    constraint "CRM_CUSTOMER_CONTACT_POINTS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_CUSTOMER_CONTACT_POINTS_FK" foreign key ("TENANT", "OWNER") references "CRM_CUSTOMER" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_CUSTOMER_CONTACT_POINTS_NORMALIZED_IX" on "CRM_CUSTOMER_CONTACT_POINTS" ("TENANT", "NORMALIZED$KEY", "OWNER");

create table if not exists "CRM_CUSTOMER_EXTERNAL_IDS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "SYSTEM" character varying not null,
    "SYSTEM$KEY" varbinary generated always as (stringtoutf8("SYSTEM")),
    "VALUE" character varying not null,
    "VALUE$KEY" varbinary generated always as (stringtoutf8("VALUE")),
    constraint "CRM_CUSTOMER_EXTERNAL_IDS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_CUSTOMER_EXTERNAL_IDS_FK" foreign key ("TENANT", "OWNER") references "CRM_CUSTOMER" ("TENANT", "ID") on delete cascade
);
create unique index if not exists "CRM_CUSTOMER_CUSTOMER_EXTERNAL_ID_UK" on "CRM_CUSTOMER_EXTERNAL_IDS" ("TENANT", "SYSTEM$KEY", "VALUE$KEY");

create table if not exists "CRM_CUSTOMER_TAGS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "ITEM" character varying not null,
    "ITEM$KEY" varbinary generated always as (stringtoutf8("ITEM")),
    constraint "CRM_CUSTOMER_TAGS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_CUSTOMER_TAGS_FK" foreign key ("TENANT", "OWNER") references "CRM_CUSTOMER" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_CUSTOMER_TAGS_ITEM_IX" on "CRM_CUSTOMER_TAGS" ("TENANT", "ITEM$KEY", "OWNER");

create table if not exists "CRM_CUSTOMER_ATTRIBUTES" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "KEY" character varying not null,
    "KEY$KEY" varbinary generated always as (stringtoutf8("KEY")),
    "TEXT" character varying,
    "TEXT$KEY" varbinary generated always as (stringtoutf8("TEXT")),
    "LONG_TEXT" character varying,
    "NUMBER" numeric(38, 10),
    "CURRENCY" character varying,
    "BOOL" boolean,
    "DATE" date,
    "INSTANT" timestamp(6) with time zone,
    constraint "CRM_CUSTOMER_ATTRIBUTES_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_CUSTOMER_ATTRIBUTES_FK" foreign key ("TENANT", "OWNER") references "CRM_CUSTOMER" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_CUSTOMER_ATTRIBUTES_KEY_IX" on "CRM_CUSTOMER_ATTRIBUTES" ("TENANT", "KEY$KEY", "OWNER");
create index if not exists "CRM_CUSTOMER_ATTRIBUTES_TEXT_IX" on "CRM_CUSTOMER_ATTRIBUTES" ("TENANT", "TEXT$KEY", "OWNER");
create index if not exists "CRM_CUSTOMER_ATTRIBUTES_NUMBER_IX" on "CRM_CUSTOMER_ATTRIBUTES" ("TENANT", "NUMBER", "OWNER");
create index if not exists "CRM_CUSTOMER_ATTRIBUTES_DATE_IX" on "CRM_CUSTOMER_ATTRIBUTES" ("TENANT", "DATE", "OWNER");
create index if not exists "CRM_CUSTOMER_ATTRIBUTES_INSTANT_IX" on "CRM_CUSTOMER_ATTRIBUTES" ("TENANT", "INSTANT", "OWNER");

create table if not exists "CRM_CUSTOMER_ROLES" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "ORGANIZATION_ID" uuid not null,
    "ROLE" character varying,
    "TITLE" character varying,
    "FROM_DAY" date,
    "THRU_DAY" date,
    constraint "CRM_CUSTOMER_ROLES_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_CUSTOMER_ROLES_FK" foreign key ("TENANT", "OWNER") references "CRM_CUSTOMER" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_CUSTOMER_ROLES_ORGANIZATION_ID_IX" on "CRM_CUSTOMER_ROLES" ("TENANT", "ORGANIZATION_ID", "OWNER");

create table if not exists "CRM_ATTRIBUTE_DEFINITION" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "TARGET" character varying not null,
    "TARGET$KEY" varbinary generated always as (stringtoutf8("TARGET")),
    "KEY" character varying not null,
    "KEY$KEY" varbinary generated always as (stringtoutf8("KEY")),
    "TYPE" character varying not null,
    "REQUIRED" boolean not null,
    "CLASSIFICATION" character varying not null,
    "DEPRECATED_AT" timestamp(6) with time zone,
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_ATTRIBUTE_DEFINITION_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_ATTRIBUTE_DEFINITION_ATTRIBUTE_DEFINITION_KEY_UK" on "CRM_ATTRIBUTE_DEFINITION" ("TENANT", "TARGET$KEY", "KEY$KEY");

create table if not exists "CRM_TOUCHPOINT" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "NAME" character varying not null,
    "NAME$KEY" varbinary generated always as (stringtoutf8("NAME")),
    "CHANNEL" character varying not null,
    "STAGE" character varying,
    constraint "CRM_TOUCHPOINT_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_TOUCHPOINT_TOUCHPOINT_NAME_UK" on "CRM_TOUCHPOINT" ("TENANT", "NAME$KEY");

create table if not exists "CRM_INTERACTION" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "CUSTOMER_ID" uuid not null,
    "TYPE" character varying not null,
    "CHANNEL" character varying not null,
    "DIRECTION" character varying,
    "OCCURRED_AT" timestamp(6) with time zone not null,
    "RECORDED_AT" timestamp(6) with time zone not null,
    "DURATION_MILLIS" bigint,
    "SENTIMENT" numeric(38, 10),
    "TOUCHPOINT_ID" uuid,
    "CORRECTS_ID" uuid,
    "SUBJECT" character varying,
    "BODY_REF" character varying,
    "EXTERNAL_SYSTEM" character varying,
    "EXTERNAL_SYSTEM$KEY" varbinary generated always as (stringtoutf8("EXTERNAL_SYSTEM")),
    "EXTERNAL_VALUE" character varying,
    "EXTERNAL_VALUE$KEY" varbinary generated always as (stringtoutf8("EXTERNAL_VALUE")),
    constraint "CRM_INTERACTION_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_INTERACTION_INTERACTION_EXTERNAL_ID_UK" on "CRM_INTERACTION" ("TENANT", "EXTERNAL_SYSTEM$KEY", "EXTERNAL_VALUE$KEY");
create index if not exists "CRM_INTERACTION_CUSTOMER_ID_OCCURRED_AT_IX" on "CRM_INTERACTION" ("TENANT", "CUSTOMER_ID", "OCCURRED_AT", "ID");
create index if not exists "CRM_INTERACTION_OCCURRED_AT_IX" on "CRM_INTERACTION" ("TENANT", "OCCURRED_AT", "ID");
create index if not exists "CRM_INTERACTION_TOUCHPOINT_ID_IX" on "CRM_INTERACTION" ("TENANT", "TOUCHPOINT_ID", "ID");
create index if not exists "CRM_INTERACTION_CORRECTS_ID_IX" on "CRM_INTERACTION" ("TENANT", "CORRECTS_ID", "ID");

create table if not exists "CRM_INTERACTION_PARTICIPANTS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "CUSTOMER_ID" uuid,
    "ACTOR" character varying,
    "ROLE" character varying not null,
    "CONTACT_POINT_ID" uuid,
    constraint "CRM_INTERACTION_PARTICIPANTS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_INTERACTION_PARTICIPANTS_FK" foreign key ("TENANT", "OWNER") references "CRM_INTERACTION" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_INTERACTION_PARTICIPANTS_CUSTOMER_ID_IX" on "CRM_INTERACTION_PARTICIPANTS" ("TENANT", "CUSTOMER_ID", "OWNER");

create table if not exists "CRM_INTERACTION_RELATED_TO" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "TYPE" character varying not null,
    "RECORD_ID" uuid not null,
    constraint "CRM_INTERACTION_RELATED_TO_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_INTERACTION_RELATED_TO_FK" foreign key ("TENANT", "OWNER") references "CRM_INTERACTION" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_INTERACTION_RELATED_TO_RECORD_ID_IX" on "CRM_INTERACTION_RELATED_TO" ("TENANT", "RECORD_ID", "OWNER");

create table if not exists "CRM_PRODUCT" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "SKU" character varying not null,
    "SKU$KEY" varbinary generated always as (stringtoutf8("SKU")),
    "NAME" character varying not null,
    "NAME_KEY" character varying not null,
    "NAME_KEY$KEY" varbinary generated always as (stringtoutf8("NAME_KEY")),
    "CATEGORY" character varying,
    "CATEGORY$KEY" varbinary generated always as (stringtoutf8("CATEGORY")),
    "BRAND" character varying,
    "BRAND$KEY" varbinary generated always as (stringtoutf8("BRAND")),
    "ACTIVE" boolean not null,
    constraint "CRM_PRODUCT_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_PRODUCT_PRODUCT_SKU_UK" on "CRM_PRODUCT" ("TENANT", "SKU$KEY");
create index if not exists "CRM_PRODUCT_NAME_KEY_IX" on "CRM_PRODUCT" ("TENANT", "NAME_KEY$KEY", "ID");
create index if not exists "CRM_PRODUCT_CATEGORY_IX" on "CRM_PRODUCT" ("TENANT", "CATEGORY$KEY", "ID");
create index if not exists "CRM_PRODUCT_BRAND_IX" on "CRM_PRODUCT" ("TENANT", "BRAND$KEY", "ID");

create table if not exists "CRM_PRODUCT_TAGS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "ITEM" character varying not null,
    "ITEM$KEY" varbinary generated always as (stringtoutf8("ITEM")),
    constraint "CRM_PRODUCT_TAGS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_PRODUCT_TAGS_FK" foreign key ("TENANT", "OWNER") references "CRM_PRODUCT" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_PRODUCT_TAGS_ITEM_IX" on "CRM_PRODUCT_TAGS" ("TENANT", "ITEM$KEY", "OWNER");

create table if not exists "CRM_PURCHASE" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "CUSTOMER_ID" uuid not null,
    "PLACED_AT" timestamp(6) with time zone not null,
    "STATUS" character varying not null,
    "CURRENCY" character varying not null,
    "TOTAL" numeric(38, 10) not null,
    "SHIPPING" numeric(38, 10) not null,
    "REFUNDED" numeric(38, 10) not null,
    "QUANTITY" numeric(38, 10) not null,
    "CHANNEL" character varying,
    "CHANNEL$KEY" varbinary generated always as (stringtoutf8("CHANNEL")),
    "SOURCE" character varying,
    "SOURCE$KEY" varbinary generated always as (stringtoutf8("SOURCE")),
    "EXTERNAL_ID" character varying,
    "EXTERNAL_ID$KEY" varbinary generated always as (stringtoutf8("EXTERNAL_ID")),
    "RECORDED_AT" timestamp(6) with time zone not null,
    constraint "CRM_PURCHASE_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_PURCHASE_PURCHASE_EXTERNAL_ID_UK" on "CRM_PURCHASE" ("TENANT", "SOURCE$KEY", "EXTERNAL_ID$KEY");
create index if not exists "CRM_PURCHASE_CUSTOMER_ID_PLACED_AT_IX" on "CRM_PURCHASE" ("TENANT", "CUSTOMER_ID", "PLACED_AT", "ID");
create index if not exists "CRM_PURCHASE_PLACED_AT_IX" on "CRM_PURCHASE" ("TENANT", "PLACED_AT", "ID");
create index if not exists "CRM_PURCHASE_CHANNEL_IX" on "CRM_PURCHASE" ("TENANT", "CHANNEL$KEY", "ID");

create table if not exists "CRM_PURCHASE_LINES" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "LINE_NUMBER" bigint not null,
    "SKU" character varying,
    "SKU$KEY" varbinary generated always as (stringtoutf8("SKU")),
    "CATEGORY" character varying,
    "CATEGORY$KEY" varbinary generated always as (stringtoutf8("CATEGORY")),
    "QUANTITY" numeric(38, 10) not null,
    "UNIT_PRICE" numeric(38, 10) not null,
    "DISCOUNT" numeric(38, 10) not null,
    "TAX" numeric(38, 10) not null,
    "TOTAL" numeric(38, 10) not null,
    "RETURNED" numeric(38, 10) not null,
    "REFUNDED" numeric(38, 10) not null,
    "CURRENCY" character varying not null,
    constraint "CRM_PURCHASE_LINES_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_PURCHASE_LINES_FK" foreign key ("TENANT", "OWNER") references "CRM_PURCHASE" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_PURCHASE_LINES_SKU_IX" on "CRM_PURCHASE_LINES" ("TENANT", "SKU$KEY", "OWNER");
create index if not exists "CRM_PURCHASE_LINES_CATEGORY_IX" on "CRM_PURCHASE_LINES" ("TENANT", "CATEGORY$KEY", "OWNER");

create table if not exists "CRM_PURCHASE_COUPONS" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "ITEM" character varying not null,
    "ITEM$KEY" varbinary generated always as (stringtoutf8("ITEM")),
    constraint "CRM_PURCHASE_COUPONS_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_PURCHASE_COUPONS_FK" foreign key ("TENANT", "OWNER") references "CRM_PURCHASE" ("TENANT", "ID") on delete cascade
);
create index if not exists "CRM_PURCHASE_COUPONS_ITEM_IX" on "CRM_PURCHASE_COUPONS" ("TENANT", "ITEM$KEY", "OWNER");

create table if not exists "CRM_PURCHASE_RETURN" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "PURCHASE_ID" uuid not null,
    "CUSTOMER_ID" uuid not null,
    "RETURNED_AT" timestamp(6) with time zone not null,
    "CURRENCY" character varying not null,
    "REFUND" numeric(38, 10) not null,
    "SOURCE" character varying,
    "SOURCE$KEY" varbinary generated always as (stringtoutf8("SOURCE")),
    "EXTERNAL_ID" character varying,
    "EXTERNAL_ID$KEY" varbinary generated always as (stringtoutf8("EXTERNAL_ID")),
    constraint "CRM_PURCHASE_RETURN_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_PURCHASE_RETURN_RETURN_EXTERNAL_ID_UK" on "CRM_PURCHASE_RETURN" ("TENANT", "SOURCE$KEY", "EXTERNAL_ID$KEY");
create index if not exists "CRM_PURCHASE_RETURN_CUSTOMER_ID_RETURNED_AT_IX" on "CRM_PURCHASE_RETURN" ("TENANT", "CUSTOMER_ID", "RETURNED_AT", "ID");
create index if not exists "CRM_PURCHASE_RETURN_PURCHASE_ID_IX" on "CRM_PURCHASE_RETURN" ("TENANT", "PURCHASE_ID", "ID");
create index if not exists "CRM_PURCHASE_RETURN_RETURNED_AT_IX" on "CRM_PURCHASE_RETURN" ("TENANT", "RETURNED_AT", "ID");

create table if not exists "CRM_PURCHASE_RETURN_LINES" (
    "TENANT" character varying(64) not null,
    "OWNER" uuid not null,
    "ORDINAL" integer not null,
    "LINE_NUMBER" bigint not null,
    "QUANTITY" numeric(38, 10) not null,
    "REFUND" numeric(38, 10) not null,
    "REASON" character varying,
    "CURRENCY" character varying not null,
    constraint "CRM_PURCHASE_RETURN_LINES_PK" primary key ("TENANT", "OWNER", "ORDINAL"),
    constraint "CRM_PURCHASE_RETURN_LINES_FK" foreign key ("TENANT", "OWNER") references "CRM_PURCHASE_RETURN" ("TENANT", "ID") on delete cascade
);

create table if not exists "CRM_SURVEY" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "SURVEY_KEY" character varying not null,
    "SURVEY_KEY$KEY" varbinary generated always as (stringtoutf8("SURVEY_KEY")),
    "TITLE" character varying not null,
    "STATUS" character varying not null,
    "EDITION" bigint not null,
    "REST_DAYS" bigint not null,
    "INCENTIVE_KIND" character varying,
    "INCENTIVE_AMOUNT" bigint,
    "CREATED_AT" timestamp(6) with time zone not null,
    "PUBLISHED_AT" timestamp(6) with time zone,
    "CLOSED_AT" timestamp(6) with time zone,
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_SURVEY_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_SURVEY_SURVEY_BY_KEY_UK" on "CRM_SURVEY" ("TENANT", "SURVEY_KEY$KEY");

create table if not exists "CRM_SURVEY_INVITATION" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "SURVEY_ID" uuid not null,
    "SURVEY_KEY" character varying not null,
    "CUSTOMER_ID" uuid not null,
    "STATUS" character varying not null,
    "STATUS$KEY" varbinary generated always as (stringtoutf8("STATUS")),
    "TOKEN" character varying,
    "TOKEN$KEY" varbinary generated always as (stringtoutf8("TOKEN")),
    "EDITION" bigint,
    "ASKED_AT" timestamp(6) with time zone not null,
    "SEND_AT" timestamp(6) with time zone,
    "DELIVERIES" bigint not null,
    "SENT_AT" timestamp(6) with time zone,
    "OPENED_AT" timestamp(6) with time zone,
    "EXPIRES_AT" timestamp(6) with time zone not null,
    "RESPONDED_AT" timestamp(6) with time zone,
    "CHANNEL" character varying,
    "LEASE_OWNER" character varying,
    "LEASE_UNTIL" timestamp(6) with time zone,
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_SURVEY_INVITATION_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_SURVEY_INVITATION_INVITATION_TOKEN_UK" on "CRM_SURVEY_INVITATION" ("TENANT", "TOKEN$KEY");
create index if not exists "CRM_SURVEY_INVITATION_CUSTOMER_ID_ASKED_AT_IX" on "CRM_SURVEY_INVITATION" ("TENANT", "CUSTOMER_ID", "ASKED_AT", "ID");
create index if not exists "CRM_SURVEY_INVITATION_STATUS_EXPIRES_AT_IX" on "CRM_SURVEY_INVITATION" ("TENANT", "STATUS$KEY", "EXPIRES_AT", "ID");
create index if not exists "CRM_SURVEY_INVITATION_SEND_AT_IX" on "CRM_SURVEY_INVITATION" ("TENANT", "SEND_AT", "ID");
create index if not exists "CRM_SURVEY_INVITATION_SURVEY_ID_IX" on "CRM_SURVEY_INVITATION" ("TENANT", "SURVEY_ID", "ID");

create table if not exists "CRM_SURVEY_RESPONSE" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "SURVEY_ID" uuid not null,
    "SURVEY_KEY" character varying not null,
    "SURVEY_KEY$KEY" varbinary generated always as (stringtoutf8("SURVEY_KEY")),
    "EDITION" bigint not null,
    "CUSTOMER_ID" uuid,
    "INVITATION_ID" uuid,
    "SCALE" character varying,
    "SCORE" bigint,
    "ANSWERED_AT" timestamp(6) with time zone not null,
    "RECORDED_AT" timestamp(6) with time zone not null,
    "CHANNEL" character varying,
    "SOURCE" character varying,
    "SOURCE$KEY" varbinary generated always as (stringtoutf8("SOURCE")),
    "EXTERNAL_ID" character varying,
    "EXTERNAL_ID$KEY" varbinary generated always as (stringtoutf8("EXTERNAL_ID")),
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_SURVEY_RESPONSE_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_SURVEY_RESPONSE_RESPONSE_EXTERNAL_ID_UK" on "CRM_SURVEY_RESPONSE" ("TENANT", "SOURCE$KEY", "EXTERNAL_ID$KEY");
create unique index if not exists "CRM_SURVEY_RESPONSE_RESPONSE_INVITATION_UK" on "CRM_SURVEY_RESPONSE" ("TENANT", "INVITATION_ID");
create index if not exists "CRM_SURVEY_RESPONSE_SURVEY_KEY_ANSWERED_AT_IX" on "CRM_SURVEY_RESPONSE" ("TENANT", "SURVEY_KEY$KEY", "ANSWERED_AT", "ID");
create index if not exists "CRM_SURVEY_RESPONSE_CUSTOMER_ID_ANSWERED_AT_IX" on "CRM_SURVEY_RESPONSE" ("TENANT", "CUSTOMER_ID", "ANSWERED_AT", "ID");
create index if not exists "CRM_SURVEY_RESPONSE_SURVEY_ID_IX" on "CRM_SURVEY_RESPONSE" ("TENANT", "SURVEY_ID", "ID");

create table if not exists "CRM_INCENTIVE_GRANT" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "SURVEY_ID" uuid not null,
    "CUSTOMER_ID" uuid not null,
    "RESPONDENT_ID" uuid not null,
    "RESPONSE_ID" uuid not null,
    "KIND" character varying not null,
    "AMOUNT" bigint not null,
    "GRANTED_AT" timestamp(6) with time zone not null,
    constraint "CRM_INCENTIVE_GRANT_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_INCENTIVE_GRANT_INCENTIVE_BY_RESPONDENT_UK" on "CRM_INCENTIVE_GRANT" ("TENANT", "SURVEY_ID", "RESPONDENT_ID");
create index if not exists "CRM_INCENTIVE_GRANT_CUSTOMER_ID_GRANTED_AT_IX" on "CRM_INCENTIVE_GRANT" ("TENANT", "CUSTOMER_ID", "GRANTED_AT", "ID");
create index if not exists "CRM_INCENTIVE_GRANT_RESPONDENT_ID_IX" on "CRM_INCENTIVE_GRANT" ("TENANT", "RESPONDENT_ID", "ID");
create index if not exists "CRM_INCENTIVE_GRANT_RESPONSE_ID_IX" on "CRM_INCENTIVE_GRANT" ("TENANT", "RESPONSE_ID", "ID");

create table if not exists "CRM_REVIEW" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "CUSTOMER_ID" uuid not null,
    "PRODUCT_ID" uuid,
    "PURCHASE_ID" uuid,
    "RATING" bigint not null,
    "VERIFIED" boolean not null,
    "STATUS" character varying not null,
    "STATUS$KEY" varbinary generated always as (stringtoutf8("STATUS")),
    "REVIEWED_AT" timestamp(6) with time zone not null,
    "STATUS_AT" timestamp(6) with time zone not null,
    "REPLIED_AT" timestamp(6) with time zone,
    "SOURCE" character varying,
    "SOURCE$KEY" varbinary generated always as (stringtoutf8("SOURCE")),
    "EXTERNAL_ID" character varying,
    "EXTERNAL_ID$KEY" varbinary generated always as (stringtoutf8("EXTERNAL_ID")),
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_REVIEW_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_REVIEW_REVIEW_EXTERNAL_ID_UK" on "CRM_REVIEW" ("TENANT", "SOURCE$KEY", "EXTERNAL_ID$KEY");
create index if not exists "CRM_REVIEW_CUSTOMER_ID_REVIEWED_AT_IX" on "CRM_REVIEW" ("TENANT", "CUSTOMER_ID", "REVIEWED_AT", "ID");
create index if not exists "CRM_REVIEW_PRODUCT_ID_REVIEWED_AT_IX" on "CRM_REVIEW" ("TENANT", "PRODUCT_ID", "REVIEWED_AT", "ID");
create index if not exists "CRM_REVIEW_STATUS_REVIEWED_AT_IX" on "CRM_REVIEW" ("TENANT", "STATUS$KEY", "REVIEWED_AT", "ID");
create index if not exists "CRM_REVIEW_PURCHASE_ID_IX" on "CRM_REVIEW" ("TENANT", "PURCHASE_ID", "ID");

create table if not exists "CRM_FEEDBACK_RULE" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "SURVEY_KEY" character varying,
    "SCALE" character varying not null,
    "ALARM_AT" bigint not null,
    "RECOVERED_AT" bigint not null,
    "OWNER" character varying,
    "ACTIVE" boolean not null,
    "CREATED_AT" timestamp(6) with time zone not null,
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_FEEDBACK_RULE_PK" primary key ("TENANT", "ID")
);

create table if not exists "CRM_FOLLOW_UP" (
    "TENANT" character varying(64) not null,
    "ID" uuid not null,
    "VERSION" bigint not null,
    "RULE_ID" uuid not null,
    "CUSTOMER_ID" uuid not null,
    "RESPONSE_ID" uuid,
    "REVIEW_ID" uuid,
    "SCALE" character varying not null,
    "SCORE" bigint not null,
    "OWNER" character varying,
    "STATUS" character varying not null,
    "STATUS$KEY" varbinary generated always as (stringtoutf8("STATUS")),
    "OPENED_AT" timestamp(6) with time zone not null,
    "DUE_AT" timestamp(6) with time zone not null,
    "CONTACTED_AT" timestamp(6) with time zone,
    "RESOLVED_AT" timestamp(6) with time zone,
    "CLOSED_AT" timestamp(6) with time zone,
    "REASK_ID" uuid,
    "PENDING_KEY" character varying,
    "PENDING_KEY$KEY" varbinary generated always as (stringtoutf8("PENDING_KEY")),
    "BODY" character varying,
    "BODY_SCHEMA" integer not null,
    constraint "CRM_FOLLOW_UP_PK" primary key ("TENANT", "ID")
);
create unique index if not exists "CRM_FOLLOW_UP_FOLLOW_UP_PENDING_UK" on "CRM_FOLLOW_UP" ("TENANT", "PENDING_KEY$KEY");
create index if not exists "CRM_FOLLOW_UP_CUSTOMER_ID_OPENED_AT_IX" on "CRM_FOLLOW_UP" ("TENANT", "CUSTOMER_ID", "OPENED_AT", "ID");
create index if not exists "CRM_FOLLOW_UP_STATUS_DUE_AT_IX" on "CRM_FOLLOW_UP" ("TENANT", "STATUS$KEY", "DUE_AT", "ID");
create index if not exists "CRM_FOLLOW_UP_RULE_ID_IX" on "CRM_FOLLOW_UP" ("TENANT", "RULE_ID", "ID");
create index if not exists "CRM_FOLLOW_UP_RESPONSE_ID_IX" on "CRM_FOLLOW_UP" ("TENANT", "RESPONSE_ID", "ID");
create index if not exists "CRM_FOLLOW_UP_REVIEW_ID_IX" on "CRM_FOLLOW_UP" ("TENANT", "REVIEW_ID", "ID");
create index if not exists "CRM_FOLLOW_UP_REASK_ID_IX" on "CRM_FOLLOW_UP" ("TENANT", "REASK_ID", "ID");

