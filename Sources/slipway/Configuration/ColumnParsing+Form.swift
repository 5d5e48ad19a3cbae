import Foundation
import SlipwayData

/// What a column of a CSV file may hold, as the key `type` names it.
private enum CellWord: String, CaseIterable {
    case boolean, integer, number, string, date, time
}

extension ConfigurationReader {
    /// What the cells of a column are; `nil` where nothing is said of it, or what is said is wrong.
    mutating func content(of fields: Fields) -> ColumnParsing.Content? {
        guard let word = optional("type", of: fields, as: .choice("a type of column") as Form<CellWord>) else {
            return nil
        }
        let isMoment = word == .date || word == .time
        for key in ["format", "zone"] where !isMoment {
            if let entry = fields[key] { report("only a date or a time has a \(key)", atKey: entry) }
        }
        switch word {
        case .boolean: return .values(.boolean)
        case .integer: return .values(.integer)
        case .number: return .values(.number)
        case .string: return .values(.string)
        case .date:
            if let entry = fields["zone"] { report("a date is the same in every zone; write type: time", atKey: entry) }
            return required("format", of: fields, as: .datePattern(example: "dd.MM.yyyy")).map { .days($0) }
        case .time:
            guard let pattern = required("format", of: fields, as: .datePattern(example: "dd.MM.yyyy HH:mm")) else {
                return nil
            }
            guard !pattern.hasOffset else { return .times(pattern, zone: .gmt) }
            return required("zone", of: fields, as: .timeZone).map { .times(pattern, zone: $0) }
        }
    }
}

extension Form where Value == DatePattern {
    /// How dates or times are written.
    fileprivate static func datePattern(example: String) -> Form {
        Form("a pattern of yyyy, MM, dd, HH, mm, ss, SSS, and Z", example: example) { DatePattern($0) }
    }
}

extension Form where Value == TimeZone {
    /// A zone by its name in the tz database.
    fileprivate static var timeZone: Form {
        Form("a time zone", example: "Europe/Berlin") { TimeZone(identifier: $0) }
    }
}

extension Form where Value == Character {
    /// One character that is neither digit nor letter, nor a sign or blank at which numbers end.
    static func mark(example: String) -> Form {
        Form("a mark within numbers", example: example) { text in
            guard text.count == 1, let mark = text.first, !mark.isLetter, !mark.isNumber, !"+-\"\n\r\t".contains(mark)
            else { return nil }
            return mark
        }
    }
}

extension Form where Value == String {
    /// An encoding that the system knows.
    static var encoding: Form {
        Form("an encoding that iconv knows", example: "windows-1252") { TextEncoding.isKnown($0) ? $0 : nil }
    }
}

extension Form where Value == UInt8 {
    /// What stands between two fields.
    static var delimiter: Form {
        let delimiters: [String: UInt8] = [
            ",": UInt8(ascii: ","), ";": UInt8(ascii: ";"), "|": UInt8(ascii: "|"), "tab": UInt8(ascii: "\t"),
        ]
        return Form("a delimiter: a comma, a semicolon, a bar, or tab", example: "\";\"") { delimiters[$0] }
    }
}

extension Form where Value == Double {
    /// A share, written in percent; it comes as a number from 0 to 1.
    static var percentage: Form {
        Form("a share in percent, from 0% to 100%", example: "1%") { ShareText.parse($0) }
    }
}
