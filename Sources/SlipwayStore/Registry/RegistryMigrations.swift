import SlipwaySQL

/// The tables of the registry, in SQL that SQLite and PostgreSQL both take.
enum RegistryMigrations {
    static let all = [
        Migration(
            1, "models, versions, deployments, and the audit log",
            sql: """
                create table models (
                    name text primary key,
                    created_at text not null
                );
                create table versions (
                    model text not null references models (name),
                    number integer not null,
                    digest text not null,
                    created_at text not null,
                    created_by text not null,
                    primary key (model, number),
                    unique (model, digest)
                );
                create table deployments (
                    environment text not null,
                    model text not null,
                    champion integer not null,
                    revision integer not null,
                    updated_at text not null,
                    primary key (environment, model),
                    foreign key (model, champion) references versions (model, number)
                );
                create table deployment_changes (
                    environment text not null,
                    model text not null,
                    revision integer not null,
                    kind text not null,
                    version integer not null,
                    previous integer,
                    changed_at text not null,
                    primary key (environment, model, revision)
                );
                create table audit (
                    number integer primary key,
                    at text not null,
                    actor text not null,
                    action text not null,
                    model text not null,
                    version integer,
                    environment text,
                    reason text
                );
                create index audit_by_model on audit (model, number)
                """),
        Migration(
            2, "challengers",
            sql: """
                create table challengers (
                    environment text not null,
                    model text not null,
                    version integer not null,
                    mode text not null,
                    share double precision not null,
                    key_field text,
                    error_rate_max double precision,
                    latency_ratio_max double precision,
                    accuracy_loss_max double precision,
                    call_count_min integer not null,
                    error_level double precision not null,
                    since text not null,
                    primary key (environment, model),
                    foreign key (environment, model) references deployments (environment, model),
                    foreign key (model, version) references versions (model, number)
                )
                """),
    ]
}
