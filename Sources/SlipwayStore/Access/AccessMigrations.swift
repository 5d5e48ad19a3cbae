import SlipwaySQL

/// The tables of the keys, in SQL that SQLite and PostgreSQL both take.
enum AccessMigrations {
    static let all = [
        Migration(
            1, "keys, and who made and revoked them",
            sql: """
                create table access_keys (
                    number integer primary key,
                    id text not null unique,
                    name text not null,
                    hash text not null,
                    scopes text not null,
                    rate_limit double precision,
                    created_at text not null,
                    created_by text not null,
                    expires_at text,
                    revoked_at text
                );
                create table access_audit (
                    number integer primary key,
                    at text not null,
                    actor text not null,
                    action text not null,
                    key_id text not null references access_keys (id),
                    key_name text not null,
                    detail text
                )
                """)
    ]
}
