import SlipwayData
import SlipwaySQL

extension DataError {
    /// Tells a store's error in the words of the source that was asked.
    init(_ error: SQLError, source: String) {
        let kind: DataError.Code =
            switch error.kind {
            case .missingTable, .unreadable, .corrupt: .unreadable
            case .missingColumn: .missingColumn
            case .wrongType: .wrongType
            case .limitExceeded: .limitExceeded
            default: .sourceFailed
            }
        self.init(
            kind, "source '\(source)': \(error.message)", hint: error.hint,
            outlook: error.kind == .locked ? .passing() : .lasting)
    }

    /// Tells any error of a store's closure in the words of the source; a data error stays as it is.
    init(_ error: any Error, source: String) {
        switch error {
        case let error as DataError: self = error
        case let error as SQLError: self.init(error, source: source)
        default: self.init(.sourceFailed, "source '\(source)': \(error)")
        }
    }
}
