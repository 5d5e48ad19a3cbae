import SlipwayModel

/// A scalar that tables are looked up by.
protocol TableKey: TensorScalar {
    /// What two equal keys have in common.
    associatedtype Identity

    /// The part of the key that is looked up.
    var identity: Identity { get }
}

extension Int32: TableKey {
    var identity: Int64 { Int64(self) }
}

extension Int64: TableKey {
    var identity: Int64 { self }
}

extension Float: TableKey {
    /// The bits; zero has two patterns that are equal.
    var identity: Int64 { self == 0 ? 0 : Int64(bitPattern) }
}

extension Double: TableKey {
    /// The bits; zero has two patterns that are equal.
    var identity: Int64 { self == 0 ? 0 : Int64(bitPattern: bitPattern) }
}

extension String: TableKey {
    var identity: String { self }
}
