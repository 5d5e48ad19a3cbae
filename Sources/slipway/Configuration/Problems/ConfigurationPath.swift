/// The place of a value in a configuration file, such as `models.churn.gate[1]`.
indirect enum ConfigurationPath: Hashable, Sendable, CustomStringConvertible {
    /// The whole file.
    case root
    /// A key of the mapping at a path.
    case key(String, of: ConfigurationPath)
    /// An element, counted from 0, of the list at a path.
    case index(Int, of: ConfigurationPath)

    /// The path with dots and brackets; empty for the whole file.
    var description: String {
        switch self {
        case .root: ""
        case .key(let name, of: .root): Quotation.shortened(name)
        case .key(let name, of: let parent): "\(parent).\(Quotation.shortened(name))"
        case .index(let position, of: let parent): "\(parent)[\(position)]"
        }
    }
}
