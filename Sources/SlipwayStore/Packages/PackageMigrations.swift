import SlipwaySQL

/// The tables of packages, in SQL of PostgreSQL.
enum PackageMigrations {
    /// The name under which the migrations are recorded.
    static let component = "packages"

    static let all = [
        Migration(
            1, "packages in parts, and which of them are there as a whole",
            sql: """
                create table packages (
                    digest text not null primary key,
                    byte_count bigint not null,
                    kept_ms bigint not null
                );
                create table package_parts (
                    digest text not null,
                    file text not null,
                    number integer not null,
                    sha256 text not null,
                    bytes bytea not null,
                    made_ms bigint not null,
                    primary key (digest, file, number)
                );
                alter table package_parts alter column bytes set storage external
                """)
    ]
}
