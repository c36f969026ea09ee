//! Nirin from outside: every use case through HTTP, on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

mod backups;
mod bad_input;
mod brand;
mod clock_ahead;
mod code_model;
mod codes;
mod configuration;
mod connections;
mod crossings;
mod earlier_builds;
mod enrolment;
mod foreign_headers;
mod handover;
mod hashing;
mod headers;
mod imports;
mod imports_at_work;
mod imports_interrupted;
mod inquiry;
mod limiter;
mod limits_codes;
mod limits_flows;
mod limits_identity;
mod limits_mails;
mod limits_password;
mod limits_settings;
mod links;
mod live;
mod logs;
mod lost_answers;
mod metrics;
mod origin;
mod outbox;
mod pooler;
mod portal;
mod procedures;
mod profile_long;
mod readiness;
mod rehearsal;
mod rehearsal_api;
mod reminders;
mod requests;
mod reset;
mod reset_alike;
mod routes;
mod sessions;
mod sign_in;
mod statements;
mod store_contract;
mod traces;
mod without_script;
mod wizard;
