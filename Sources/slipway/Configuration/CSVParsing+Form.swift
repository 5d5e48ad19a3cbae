import SlipwayData

extension CSVParsing {
    /// The keys of a source that say how its files are read.
    static let keys = ["parse", "bad_rows"]
}

extension ConfigurationReader {
    /// How the files of a source are read; `nil` where it says nothing of it.
    mutating func parsing(of fields: Fields) -> CSVParsing? {
        guard fields["parse"] != nil || fields["bad_rows"] != nil else { return nil }
        var parsing = CSVParsing()
        if let node = fields["parse"]?.value { read(node, into: &parsing) }
        if let node = fields["bad_rows"]?.value {
            let example = "{ at_most: 1% }"
            if let fields = self.fields(of: node, keys: ["at_most"], expecting: example),
                let share = required("at_most", of: fields, as: .percentage)
            {
                parsing.badShareMax = share
            }
        }
        return parsing
    }

    private mutating func read(_ node: YAMLNode, into parsing: inout CSVParsing) {
        let keys = ["encoding", "delimiter", "decimal", "thousands", "missing", "columns"]
        guard let fields = fields(of: node, keys: keys, expecting: "{ encoding: windows-1252, decimal: \",\" }") else {
            return
        }
        parsing.encoding = optional("encoding", of: fields, as: .encoding)
        if let delimiter = optional("delimiter", of: fields, as: .delimiter) { parsing.delimiter = delimiter }
        parsing.column = readCells(fields, over: ColumnParsing())
        guard let columns = fields["columns"]?.value else { return }
        guard case .mapping(let entries) = columns.content else {
            let example = "{ price: { type: number, decimal: \",\" } }"
            return report("found \(columns.kindName) where columns belong, such as \(example)", at: columns)
        }
        for entry in entries {
            parsing.columns[entry.key] = column(entry.value, over: parsing.column)
        }
    }

    /// The marks and spellings, over those of the source.
    private mutating func readCells(_ fields: Fields, over general: ColumnParsing) -> ColumnParsing {
        var column = general
        if let mark = optional("decimal", of: fields, as: .mark(example: "\",\"")) { column.marks.decimal = mark }
        if let mark = optional("thousands", of: fields, as: .mark(example: "\".\"")) { column.marks.thousands = mark }
        if let entry = fields["thousands"], column.marks.decimal == column.marks.thousands {
            report("the mark between thousands is the one before the fraction; write another", at: entry.value)
        }
        let spellings = Form<String>("a text", example: "n/a") { $0 }
        if let missing = optional("missing", of: fields, as: .list(of: spellings, example: "[\"-\", n/a]")) {
            column.missing = Set(missing)
        }
        return column
    }

    private mutating func column(_ node: YAMLNode, over general: ColumnParsing) -> ColumnParsing {
        let keys = ["type", "decimal", "thousands", "missing", "format", "zone", "units"]
        guard let fields = fields(of: node, keys: keys, expecting: "{ type: date, format: dd.MM.yyyy }") else {
            return general
        }
        var column = readCells(fields, over: general)
        if let content = content(of: fields) { column.content = content }
        guard let units = fields["units"]?.value else { return column }
        guard case .mapping(let entries) = units.content else {
            report("found \(units.kindName) where units belong, such as { kg: 1, g: 0.001 }", at: units)
            return column
        }
        for entry in entries {
            let factors = Form<Double>.number(in: 1e-30...1e30, example: "0.001")
            if let factor = factors.read(entry.value, &self) { column.units[entry.key] = factor }
        }
        return column
    }
}
