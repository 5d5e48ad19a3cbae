import SlipwaySQL

/// The tables that keep track of feature views.
enum FeatureMigrations {
    /// The name under which the migrations are recorded.
    static let component = "features"

    static let all = [
        Migration(
            1, "make the tables of feature views",
            sql: """
                create table feature_views (
                    name text not null primary key,
                    last_number integer not null,
                    live_number integer
                );
                create table feature_generations (
                    view_name text not null references feature_views (name),
                    number integer not null,
                    table_name text not null,
                    key_column text not null,
                    columns text not null,
                    row_count integer not null,
                    digest text not null,
                    replicated_at text not null,
                    primary key (view_name, number)
                )
                """),
        Migration(
            2, "who refreshes which view, and until when",
            sql: """
                create table feature_leases (
                    view_name text not null primary key,
                    holder text not null,
                    expires_ms bigint not null
                )
                """),
        Migration(
            3, "which snapshot a copy is from, and since when it is live",
            sql: """
                alter table feature_generations add column snapshot text;
                alter table feature_views add column live_since text
                """),
    ]
}
