import GRDB
import SlipwayData

extension Value {
    /// The cell as SQLite stores it.
    var databaseValue: DatabaseValue {
        switch self {
        case .missing: .null
        case .boolean(let truth): (truth ? 1 : 0).databaseValue
        case .integer(let whole): whole.databaseValue
        case .number(let number): number.isNaN ? .null : number.databaseValue
        case .string(let text): text.databaseValue
        }
    }

    /// The cell that SQLite stored, or `nil` for bytes.
    init?(_ stored: DatabaseValue) {
        switch stored.storage {
        case .null: self = .missing
        case .int64(let whole): self = .integer(whole)
        case .double(let number): self = .number(number)
        case .string(let text): self = .string(text)
        case .blob: return nil
        }
    }
}
