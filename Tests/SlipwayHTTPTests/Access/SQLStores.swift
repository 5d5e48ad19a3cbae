import SlipwaySQL
import SlipwayStore

/// Stores on a real disk, each opened as another process would.
enum SQLStores {
    static func access(_ path: String) throws -> SQLAccessStore { try SQLAccessStore(SQLiteDatabase(path: path)) }
}
