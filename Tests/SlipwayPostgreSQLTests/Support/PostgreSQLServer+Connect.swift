import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayPostgreSQL

extension PostgreSQLServer {
    /// A connection that may write.
    func connect() throws -> Connection {
        let functions = try #require(Library.shared.functions)
        return try Connection(to: address, until: .now + .seconds(600), functions: functions)
    }

    /// A store in a schema of its own.
    func store(
        schema: String = "test:\(UInt64.random(in: 0 ... .max))", options: PostgreSQLDatabase.Options = .init()
    ) throws -> PostgreSQLDatabase {
        try PostgreSQLDatabase(address: url, schema: schema, options: options)
    }
}
