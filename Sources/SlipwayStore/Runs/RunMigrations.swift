import SlipwaySQL

/// The tables of the runs, in SQL that SQLite and PostgreSQL both take.
enum RunMigrations {
    /// The name under which the migrations are recorded.
    static let component = "runs"

    static let all = [
        Migration(
            1, "runs of jobs, when their schedules began, and who may schedule",
            sql: """
                create table runs (
                    id text not null primary key,
                    kind text not null,
                    name text not null,
                    environment text not null,
                    due_ms bigint not null,
                    origin text not null,
                    made_ms bigint not null,
                    state text not null,
                    attempts integer not null,
                    token integer not null,
                    holder text,
                    lease_ms bigint,
                    available_ms bigint not null,
                    started_ms bigint,
                    ended_ms bigint,
                    result text,
                    error text,
                    unique (environment, kind, name, due_ms)
                );
                create index runs_by_state on runs (state);
                create table run_schedules (
                    kind text not null,
                    name text not null,
                    environment text not null,
                    last_due_ms bigint not null,
                    primary key (environment, kind, name)
                );
                create table run_leases (
                    name text not null primary key,
                    holder text not null,
                    expires_ms bigint not null
                )
                """)
    ]
}
