/// The members of a JSON object in their written order.
///
/// Look-up is linear; the objects of this field have tens of members, for which that beats hashing.
public struct JSONObject: Equatable, Sendable, ExpressibleByDictionaryLiteral {
    /// The members in order.
    public private(set) var members: [(name: String, value: JSONValue)]

    /// Makes an object from members in order; a later member of the same name replaces the earlier value.
    public init(_ members: [(name: String, value: JSONValue)] = []) {
        self.members = []
        for member in members { self[member.name] = member.value }
    }

    /// Makes an object from a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }

    /// Makes an object from members whose names the caller knows to be distinct.
    ///
    /// - Complexity: O(1).
    package init(distinct members: [(name: String, value: JSONValue)]) { self.members = members }

    /// The value of a name; setting adds at the end, replaces, or with `nil` removes.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((name, value))
            case (nil, nil): break
            }
        }
    }

    /// Whether both have equal members in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && zip(left.members, right.members).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    }
}
