import SlipwayModel

/// A scalar that tables are looked up by.
protocol TableKey: TensorScalar {
    /// The table of the places of some keys; of one given twice the first counts.
    static func table(of keys: [Self]) -> LabelEncoderKernel.Keys
}

extension String: TableKey {
    static func table(of keys: [String]) -> LabelEncoderKernel.Keys { .texts(TextPlaces(keys, prefersLast: false)) }
}

/// A number that tables are looked up by.
protocol NumberKey: TableKey {
    /// What two equal keys have in common.
    var identity: Int64 { get }
}

extension NumberKey {
    static func table(of keys: [Self]) -> LabelEncoderKernel.Keys {
        .numbers(NumberPlaces(keys.map(\.identity), prefersLast: false))
    }
}

extension Int32: NumberKey {
    var identity: Int64 { Int64(self) }
}

extension Int64: NumberKey {
    var identity: Int64 { self }
}

extension Float: NumberKey {
    /// The bits; zero has two patterns that are equal.
    var identity: Int64 { self == 0 ? 0 : Int64(bitPattern) }
}

extension Double: NumberKey {
    /// The bits; zero has two patterns that are equal.
    var identity: Int64 { self == 0 ? 0 : Int64(bitPattern: bitPattern) }
}
