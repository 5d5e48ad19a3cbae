import SlipwayData

extension Form where Value == [InputConfiguration] {
    /// Fields with their overrides: `{ tenure: { minimum: 0, unit: months } }`.
    static var inputs: Form {
        Form(example: "{ tenure: { minimum: 0, unit: months } }") { node, reader in
            guard case .mapping(let entries) = node.content else {
                reader.report(
                    "found \(node.kindName) where fields belong, such as { tenure: { minimum: 0, unit: months } }",
                    at: node)
                return nil
            }
            return entries.compactMap { Form<InputConfiguration>.input(named: $0.key).read($0.value, &reader) }
        }
    }
}

extension Form where Value == InputConfiguration {
    /// The overrides of one field.
    static func input(named name: String) -> Form {
        let example = "{ minimum: 0, maximum: 72, unit: months }"
        let keys = ["type", "required", "default", "minimum", "maximum", "categories", "unit", "meaning"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let input = InputConfiguration(
                name: name,
                type: reader.optional("type", of: fields, as: .choice("a type")),
                isRequired: reader.optional("required", of: fields, as: .truth),
                defaultValue: reader.optional("default", of: fields, as: .cell(example: "0")),
                minimum: reader.optional("minimum", of: fields, as: .number(example: "0")),
                maximum: reader.optional("maximum", of: fields, as: .number(example: "100")),
                categories: reader.optional(
                    "categories", of: fields, as: .list(of: .cell(example: "DSL"), example: "[DSL, Fiber optic]")),
                unit: reader.optional("unit", of: fields, as: .text(example: "months")),
                meaning: reader.optional("meaning", of: fields, as: .text(example: "how long the customer has stayed")))
            input.reportContradictions(in: fields, to: &reader)
            return input
        }
    }
}

extension InputConfiguration {
    /// Reports overrides that cannot all hold.
    fileprivate func reportContradictions(in fields: Fields, to reader: inout ConfigurationReader) {
        if let minimum, let maximum, minimum > maximum, let entry = fields["maximum"] {
            reader.report("the maximum is below the minimum; swap the two", at: entry.value)
        }
        let isText = type == .string || type == .boolean
        for key in ["minimum", "maximum"] where isText {
            if let entry = fields[key] {
                reader.report("a \(type?.rawValue ?? "") field has no \(key); delete the line", at: entry.value)
            }
        }
        if let categories, Set(categories).count < categories.count, let entry = fields["categories"] {
            reader.report("a category is listed twice; list each once", at: entry.value)
        }
        guard let defaultValue, let entry = fields["default"] else { return }
        if let fault = fault(of: defaultValue) { reader.report("the default \(fault)", at: entry.value) }
    }

    /// Why a default is not one of the values that the field allows.
    private func fault(of value: Value) -> String? {
        if let type, !fits(value, type) { return "is not of type \(type.rawValue)" }
        if let categories, !categories.contains(value) {
            return "is not one of the categories; add it or choose another"
        }
        guard let number = value.asNumber else { return nil }
        if let minimum, number < minimum { return "is below the minimum" }
        if let maximum, number > maximum { return "is above the maximum" }
        return nil
    }

    private func fits(_ value: Value, _ type: ColumnType) -> Bool {
        switch (type, value.type) {
        case (.number, .integer), (.string, _): true
        default: value.type == type
        }
    }
}
