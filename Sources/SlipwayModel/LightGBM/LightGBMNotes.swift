import SlipwayData

/// What a LightGBM file says behind its trees, as far as predictions need it.
struct LightGBMNotes: Sendable {
    /// The categories of the pandas columns in their order; the place of a category is the number the trees know it by.
    private(set) var pandasCategories: [[Value]] = []
    /// The features that the training parameters name as categorical, where they are given by number.
    private(set) var categoricalFeatures: [Int]?
    /// The line of the categories, for messages.
    private(set) var categoriesLine = 1

    private static let categoriesMark = "pandas_categorical:"
    private static let parameterMark = "[categorical_feature: "

    /// Takes a line; most say nothing that matters here.
    mutating func add(_ text: Substring, line: Int) throws(ModelError) {
        if text.hasPrefix(Self.parameterMark), text.hasSuffix("]") {
            let words = text.dropFirst(Self.parameterMark.count).dropLast().split(separator: ",")
            let numbers = words.compactMap { Int($0) }
            if numbers.count == words.count, !numbers.isEmpty { categoricalFeatures = numbers.sorted() }
        } else if text.hasPrefix(Self.categoriesMark) {
            categoriesLine = line
            pandasCategories = try Self.categories(text.dropFirst(Self.categoriesMark.count), line: line)
        }
    }

    private static func categories(_ text: Substring, line: Int) throws(ModelError) -> [[Value]] {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: String(text))
        } catch {
            throw .malformedLightGBM("'pandas_categorical' is no JSON: \(error.message)", line: line)
        }
        if document == .null { return [] }
        guard case .array(let lists) = document else {
            throw .malformedLightGBM("'pandas_categorical' is no list", line: line)
        }
        var categories: [[Value]] = []
        for list in lists {
            guard case .array(let items) = list else {
                throw .malformedLightGBM("'pandas_categorical' is no list of lists", line: line)
            }
            let values = items.compactMap(\.asValue)
            guard values.count == items.count, !values.contains(.missing) else {
                throw .malformedLightGBM("'pandas_categorical' holds a category that is no text or number", line: line)
            }
            categories.append(values)
        }
        return categories
    }
}
